import { bold, dim, red, yellow } from "../display/ansi.js";
import { codeFrame } from "../display/code-frame.js";
import { stackLine } from "../display/stack-frames.js";
import type { TypeProblem } from "../language/check/problem.js";
import type { ErrorReport } from "../runtime/bridge.js";

const MOST = 10;

/** The number of the cell that a module of the checker holds; undefined for this cell's own. */
export type CellOf = (module: number) => number | undefined;

/** Type errors as the front end shows them: what, where in the cell, why, and what mends it. */
export function typeReport(
  problems: readonly TypeProblem[],
  source: string,
  count: number,
  cellOf: CellOf,
): ErrorReport {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors as [TypeProblem];
  const { code, message, hint } = first;
  const said = [message.split("\n", 1)[0], ...(hint === undefined ? [] : [hint])].join(" ");
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  const evalue = `TS${code}: ${said}${more}`;
  const traceback = errors
    .slice(0, MOST)
    .flatMap((problem, n) => [...(n === 0 ? [] : [""]), ...shown(problem, source, count, cellOf)]);
  if (errors.length > MOST) traceback.push("", dim(`… ${errors.length - MOST} more type errors`));
  return { ename: NAME, evalue, traceback };
}

const NAME = "TypeScriptError";

/** The same as text for a cell that runs in spite of them. */
export function typeWarning(
  problems: readonly TypeProblem[],
  source: string,
  count: number,
  cellOf: CellOf,
): string {
  const lines = problems
    .slice(0, MOST)
    .flatMap((problem) => [...shown(problem, source, count, cellOf), ""]);
  if (problems.length > MOST) lines.push(dim(`… ${problems.length - MOST} more`), "");
  return lines.join("\n");
}

function shown(
  { code, message, line, column, endColumn, severity, hint, related }: TypeProblem,
  source: string,
  count: number,
  cellOf: CellOf,
): string[] {
  const [head = "", ...reasons] = message.replace(/ (Did you mean .*\?)$/m, "\n$1").split("\n");
  const title = severity === "error" ? bold(red(`TS${code}`)) : bold(yellow(`warning TS${code}`));
  const width = endColumn === undefined ? 1 : endColumn - column;
  const at = (n: number | undefined, line: number, column: number) =>
    stackLine({ name: "", place: `Cell [${n ?? count}]:${line}:${column}` });
  return [
    `${title}: ${head}`,
    ...reasons,
    ...(hint === undefined ? [] : [hint]),
    "",
    ...codeFrame(source, line, column, width),
    "",
    at(count, line, column),
    ...related.map(({ message, module, file, line, column }) => {
      const where = module === undefined ? file : `Cell [${cellOf(module) ?? count}]`;
      return dim(`    ${message}${where === undefined ? "" : ` (${where}:${line}:${column})`}`);
    }),
  ];
}
