import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Checker } from "../../kernel/language/check/index.js";
import type { TypeProblem } from "../../kernel/language/check/problem.js";
import { rewrite } from "../../kernel/language/rewrite.js";

/** The checker as it is built: beside it lie the declarations that it hands to the compiler. */
export const built = createRequire(import.meta.url)(
  resolve(import.meta.dirname, "../../dist/checker.cjs"),
) as typeof import("../../kernel/language/check/index.js");

/** A checker of a notebook in an empty folder, or in one with these files; it waits on a busy machine. */
export function checkerIn(files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "retro-check-"));
  writeFiles(folder, files);
  return new built.Checker(folder, () => new built.Compiler(folder, 20_000));
}

/** Writes files of a folder by name; what is no text as JSON. */
export function writeFiles(folder: string, files: Record<string, string | object>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** What is wrong with each of several cells, each being run whatever that is. */
export async function checkAll(
  checker: Checker,
  cells: readonly string[],
): Promise<TypeProblem[][]> {
  const all: TypeProblem[][] = [];
  for (const text of cells) {
    const { declared } = await rewrite(text);
    const cell = { text, declared };
    all.push((await checker.check(cell)).problems);
    checker.commit(cell);
  }
  return all;
}
