import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The file that a program's name means: in the folders given first, then on the PATH. */
export function findProgram(name: string, ...first: string[]): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  return [...first, ...(process.env.PATH ?? "").split(delimiter)]
    .flatMap((folder) => (folder === "" ? [] : names.map((file) => join(folder, file))))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
