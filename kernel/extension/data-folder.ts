import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { didYouMean, InputError } from "./input-error.js";
import { userFolder } from "./user-folder.js";

/** Where data files lie: the folder that RETRO_DATA_DIR names, else one of this user. */
export function dataFolder(): string {
  const { RETRO_DATA_DIR } = process.env;
  return RETRO_DATA_DIR ? resolve(RETRO_DATA_DIR) : join(userFolder("data"), "data");
}

/** The names of all data files: their paths below the data folder, with "/"; hidden ones are none. */
export function dataFiles(): string[] {
  const folder = dataFolder();
  if (!isThere(folder)?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((name) => !/(^|\/)\./.test(name) && isThere(join(folder, name))?.isFile())
    .sort();
}

/**
 * Where the data file of that name lies, or would.
 *
 * @throws InputError for a name that leads elsewhere.
 */
export function dataPath(name: string): string {
  const isPlain = /^[^.\\\p{Cc}][^\\\p{Cc}]*$/u;
  const path = resolve(dataFolder(), name);
  if (name.split("/").every((part) => isPlain.test(part)) && inFolder(path)) return path;
  throw new InputError(
    `a data file is named by its path below the data folder, as "clicks.csv" or "shop/orders.csv", not ${JSON.stringify(name)}`,
  );
}

/**
 * The path of the data file of that name, as `retro data add` brought it.
 *
 * @throws InputError with the nearest name when there is none.
 */
export function dataFile(name: string): string {
  const path = dataPath(name);
  if (isThere(path)?.isFile()) return path;
  throw new InputError(
    `there is no data file ${JSON.stringify(name)} in ${dataFolder()}${didYouMean(name, dataFiles())}; "retro data add" brings one`,
  );
}

/** A drive's letter leads away on Windows. */
function inFolder(path: string): boolean {
  return !relative(dataFolder(), path).startsWith("..");
}

function isThere(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
