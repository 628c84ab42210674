import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../extension/index.js";

/**
 * Writes a file, and its folder, so that a reader sees the old one or the new one whole.
 *
 * @throws InputError when the file cannot be written.
 */
export function atomicWrite(file: string, content: string | Uint8Array): void {
  expectWritable(file);
  const folder = dirname(file);
  const draft = join(folder, `.${basename(file)}.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new InputError(`${file}: cannot be written: ${(error as Error).message}`);
  }
}

/** @throws InputError when a file cannot be written there; asked before work that it would waste. */
export function expectWritable(file: string): void {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) {
    throw new InputError(`${file}: cannot be written: ${folder} is no folder`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`${file}: cannot be written: it is a folder; name a file in it`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new InputError(`${file}: cannot be written: the folder ${folder} is read-only`);
  }
}
