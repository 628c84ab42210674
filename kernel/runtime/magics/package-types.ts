import { existsSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.js";

/** What a package says of itself, as far as types go. */
export interface Manifest {
  name?: string;
  version?: string;
  main?: unknown;
  types?: unknown;
  typings?: unknown;
  exports?: unknown;
  typesVersions?: unknown;
}

/** Whether a package that lies in `folder` brings its own declarations. */
export function hasOwnTypes(folder: string, manifest: Manifest): boolean {
  if (manifest.types || manifest.typings || manifest.typesVersions) return true;
  if (namesTypes(manifest.exports)) return true;
  const main = typeof manifest.main === "string" ? manifest.main : "index.js";
  const declared = main.replace(/(\.([cm]?)js)?$/, ".d.$2ts");
  return ["index.d.ts", declared].some((file) => existsSync(join(folder, file)));
}

function namesTypes(exports: unknown): boolean {
  if (typeof exports === "string") return /\.d\.[cm]?ts$/.test(exports);
  if (typeof exports !== "object" || exports === null) return false;
  return Object.entries(exports).some(([key, value]) => key === "types" || namesTypes(value));
}

/** `@types/lodash@4.17.20`: the newest declarations in the registry that are not for a later major. */
export async function typesPackage(
  folder: string,
  name: string,
  version: string,
): Promise<string | undefined> {
  const types = `@types/${name.replace(/^@(.+?)\//, "$1__")}`;
  const major = Number.parseInt(version, 10);
  const found = await npm(folder, ["view", `${types}@<=${major}`, "version"]).catch(
    () => undefined,
  );
  const newest = [found].flat().at(-1);
  return typeof newest === "string" ? `${types}@${newest}` : undefined;
}
