import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, resolve } from "node:path";
import process from "node:process";
import type { Magic } from "../../extension/contract.js";
import { didYouMean, InputError } from "../../extension/input-error.js";

/** `%cd`: where files are looked for. */
export const cd: Magic = {
  doc: "Changes the working folder, or says which it is. Imports stay relative to the notebook's folder.",
  usage: "[folder]",
  form: "line",
  run: (argument) => {
    const given = argument.replace(/^(["'])(.*)\1$/, "$2");
    if (given !== "") change(resolve(given.replace(/^~(?=$|[\\/])/, homedir())), given);
    process.stdout.write(`${process.cwd()}\n`);
  },
};

function change(folder: string, given: string): void {
  try {
    process.chdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") throw new InputError(`%cd: ${folder} is a file, not a folder`);
    if (code !== "ENOENT") throw new InputError(`%cd: ${folder} cannot be entered: ${code}`);
    throw new InputError(
      `%cd: there is no folder ${given}${didYouMean(basename(folder), besides(folder))}; now in ${process.cwd()}`,
    );
  }
}

/** The names of the folders beside one. */
function besides(folder: string): string[] {
  try {
    const entries = readdirSync(dirname(folder), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
