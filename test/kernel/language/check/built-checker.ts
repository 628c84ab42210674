import { createRequire } from "node:module";
import { resolve } from "node:path";
import type * as check from "../../../../kernel/language/check/index.js";
import type { TypeProblem } from "../../../../kernel/language/check/problem.js";
import { rewrite } from "../../../../kernel/language/rewrite.js";

// As it is built: the declarations of what every notebook has lie beside it.
const { Checker, Compiler } = createRequire(import.meta.url)(
  resolve(import.meta.dirname, "../../../../dist/checker.cjs"),
) as typeof check;

/** A checker that waits for its compiler however busy the machine is. */
export function patientChecker(folder: string): check.Checker {
  return new Checker(folder, () => new Compiler(folder, 20_000));
}

/** What is wrong with each of several cells, each being run whatever that is. */
export async function checkAll(
  checker: check.Checker,
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
