import { cellMagic, withoutCellTime } from "./magic.js";
import { parse } from "./parse.js";
import { readCell } from "./read-cell.js";
import { CellSyntaxError } from "./syntax-error.js";
import { nesting, tokens } from "./tokens.js";

export type Completeness =
  | { status: "complete" | "invalid" }
  | { status: "incomplete"; indent: string };

/** Whether a console should run the text or wait for another line, and how far that is indented. */
export async function isComplete(code: string): Promise<Completeness> {
  const magic = cellMagic(code);
  // Its text comes in the lines after the first.
  if (magic?.body === "") return { status: "incomplete", indent: "" };
  if (magic) return { status: "complete" };
  const failure = await failureOf(readCell(withoutCellTime(code) ?? code));
  if (!failure) return { status: "complete" };
  // `{a: 1, b:` is no block, but it may become an object.
  const asObject = /^\s*\{/.test(code) ? await failureOf(parse(`(${code}`)) : undefined;
  return failure.incomplete || asObject?.incomplete
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
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

/** The last line's indent, and two spaces for each bracket that it leaves open. */
function nextIndent(code: string): string {
  const text = code.trimEnd();
  const start = text.lastIndexOf("\n") + 1;
  let open = 0;
  for (const token of tokens(text)) if (token.start >= start) open += nesting(token);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  return indent + "  ".repeat(Math.max(0, open));
}
