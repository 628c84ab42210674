import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a package.json says, as far as `%install` asks; files may say anything else. */
export interface Manifest {
  version?: string;
  main?: unknown;
  types?: unknown;
  typings?: unknown;
  typesVersions?: unknown;
  exports?: unknown;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** A folder's package.json, if there is one that can be read. */
export function manifestOf(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return undefined;
  }
}
