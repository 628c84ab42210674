import { isCellMagic } from "./magic.js";
import { nextIndent } from "./next-indent.js";

import { parse } from "./parse.js";
import { readCell } from "./read-cell.js";
import { CellSyntaxError } from "./syntax-error.js";

export type Completeness =
  | { status: "complete" | "invalid" }
  | { status: "incomplete"; indent: string };

/** Whether a console should run the text or wait for another line, and how far that is indented. */
export async function isComplete(code: string): Promise<Completeness> {
  if (isCellMagic(code)) return magicCompleteness(code);
  const failure = await failureOf(readCell(code));
  if (!failure && !(await lacksBody(code))) return { status: "complete" };
  // `{a: 1, b:` is no block, but it may become an object.
  const asObject = /^\s*\{/.test(code) ? await failureOf(parse(`(${code}`)) : undefined;
  return !failure || failure.incomplete || asObject?.incomplete
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
}

/** Only a blank line ends what a cell magic is given, which may be in any language; as in IPython. */
function magicCompleteness(code: string): Completeness {
  const [, lastIndent = "", rest] = /\n([ \t]*)(.*)$/.exec(code) ?? [];
  if (rest === "") return { status: "complete" };
  return { status: "incomplete", indent: lastIndent };
}

/** TypeScript takes `function f()` for an overload; in a console its body is still to come. */
async function lacksBody(code: string): Promise<boolean> {
  if (!/\bfunction\b[^{};]*$/.test(code)) return false;
  const withBody = await parse(`${code}\n{}`).catch(() => undefined);
  return withBody?.program.body.at(-1)?.type === "FunctionDeclaration";
}

async function failureOf(reading: Promise<unknown>): Promise<CellSyntaxError | undefined> {
  return reading.then(
    () => undefined,
    (error) => {
      if (error instanceof CellSyntaxError) return error;
      throw error;
    },
  );
}
