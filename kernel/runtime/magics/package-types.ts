import { existsSync } from "node:fs";
import { join } from "node:path";
import { typesPackageOf } from "../../language/types-package.js";
import type { Manifest } from "./manifest.js";
import { NpmError, npm } from "./npm.js";

/** Whether a package that lies in `folder` brings its own declarations. */
export function hasOwnTypes(folder: string, manifest: Manifest): boolean {
  const { types, typings, typesVersions, main, exports } = manifest;
  if (types || typings || typesVersions) return true;
  return ["index", main, ...filesOf(exports)].some((file) => {
    if (typeof file !== "string") return false;
    const declared = file.replace(/(\.d)?(?:\.([cm]?)[jt]s)?$/, ".d.$2ts");
    return existsSync(join(folder, declared));
  });
}

function filesOf(exports: unknown): string[] {
  if (typeof exports === "string") return [exports];
  return Object.values(Object(exports)).flatMap(filesOf);
}

/** `@types/lodash@4.17.20`: the newest declarations in the registry that are not for a later major. */
export async function typesPackage(
  folder: string,
  name: string,
  version: string,
): Promise<string | undefined> {
  const types = typesPackageOf(name);
  const major = Number.parseInt(version, 10);
  try {
    const found: unknown = JSON.parse(
      await npm(folder, ["view", `${types}@<=${major}`, "version"]),
    );
    return `${types}@${[found].flat().at(-1)}`;
  } catch (error) {
    // No declarations, or none so old: then npm prints nothing.
    if (error instanceof NpmError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
