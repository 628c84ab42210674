import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { didYouMean, InputError, nearest } from "../extension/input-error.js";

/** What a relative import may name, in the order in which a missing extension is guessed. */
export const EXTENSIONS = [".ts", ".mts", ".js", ".mjs", ".cjs", ".json", ".wasm", ".node"];

/**
 * The file that a relative or absolute import means: as written, TypeScript written as its
 * JavaScript, an extension left out, or the index of a folder.
 *
 * @throws InputError naming the nearest file
 */
export function findFile(path: string, specifier: string): string {
  const file = [...candidates(path)].find(isFile);
  if (file === undefined) {
    const folder = dirname(path);
    const files = list(folder).filter((name) => EXTENSIONS.includes(extname(name)));
    const name = nearest(basename(path), files) ?? nearest(basename(path), files.map(stem));
    const hint = name === undefined ? "" : didYouMean(name, [name]);
    throw new InputError(`no module "${specifier}" in ${folder}${hint}`);
  }
  if (!EXTENSIONS.includes(extname(file))) {
    throw new InputError(
      `"${specifier}" cannot be imported: it is none of ${EXTENSIONS.join(", ")}`,
    );
  }
  return realpathSync(file);
}

function* candidates(path: string): Generator<string> {
  yield path;
  if (/\.m?js$/.test(path)) yield path.replace(/js$/, "ts");
  for (const extension of EXTENSIONS) yield path + extension;
  for (const extension of EXTENSIONS) yield join(path, `index${extension}`);
}

const stem = (name: string) => name.slice(0, -extname(name).length);

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
