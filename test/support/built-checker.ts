import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The checker as it is built: beside it lie the declarations that it hands to the compiler. */
export const built = createRequire(import.meta.url)(
  resolve(import.meta.dirname, "../../dist/checker.cjs"),
) as typeof import("../../kernel/language/check/index.js");

/** A checker of a notebook in an empty folder, or in one with these files. */
export function checkerIn(files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "retro-check-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return new built.Checker(folder);
}
