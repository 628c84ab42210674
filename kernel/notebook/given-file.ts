import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { didYouMean, InputError } from "../extension/index.js";

/**
 * The text of a file that the user named; `what` it holds is for errors.
 *
 * @throws InputError with the nearest name in its folder when it cannot be read.
 */
export function readGiven(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${file}: cannot read the ${what}: ${whyUnreadable(error, file)}`);
  }
}

/** Why a file that the user named cannot be read, with the nearest name in its folder. */
export function whyUnreadable(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a folder";
  if (code !== "ENOENT") return message;
  const folder = dirname(file);
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  return `there is no such file${didYouMean(basename(file), readdirSync(folder))}`;
}
