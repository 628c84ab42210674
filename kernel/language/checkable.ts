import { commandLines } from "./edit-commands.js";
import { cellMagic, magicLines, withoutCellTime } from "./magic.js";
import { objectLiteral } from "./object-literal.js";
import { type ReadCell, readCell } from "./read-cell.js";
import { CellSyntaxError } from "./syntax-error.js";

/** A cell as a type checker can read it. */
export interface Checkable {
  /** TypeScript as long as the cell and with its line breaks, so that every place is the same in both. */
  text: string;
  /** Braces at its end that are an object and not a block: whoever checks puts them in parentheses. */
  object?: { start: number; end: number };
}

/** What only a cell that is not plain TypeScript has: a mark where a line begins or ends, or a last `}`. */
const SPECIAL = /^\s*[%!{]|\?[ \t]*$/m;

/**
 * The cell with its magics blanked and the code that `%time` and `%timeit` take left in place.
 *
 * Undefined for a cell that has no TypeScript, such as `%%html`. Text that does not parse, as while it
 * is typed, loses all that looks like a magic line.
 *
 * @param isKnown whether a name means something: `!ls` is a command where `ls` does not
 */
export async function checkable(
  source: string,
  isKnown: (name: string) => boolean,
): Promise<Checkable | undefined> {
  if (!SPECIAL.test(source)) return { text: source };
  if (cellMagic(source)) return undefined;
  const code = withoutCellTime(source) ?? source;
  const cell = await readCell(code).catch((error) => {
    if (!(error instanceof CellSyntaxError)) throw error;
  });
  if (cell?.edited === "object") {
    const object = objectLiteral(code);
    return { text: code, ...(object && { object }) };
  }
  if (!cell || cell.edited === "magics") return { text: withoutMagicLines(code) };
  return { text: withoutCommands(code, cell, isKnown) };
}

function withoutMagicLines(code: string): string {
  let text = code;
  for (const line of magicLines(code)) {
    text = blank(text, line.start, line.kind === "timed" ? line.code : line.end);
  }
  return text;
}

function withoutCommands(code: string, cell: ReadCell, isKnown: (name: string) => boolean): string {
  let text = code;
  for (const { name, start, end } of commandLines(cell)) {
    if (!isKnown(name)) text = blank(text, start, end);
  }
  return text;
}

/** A semicolon in front keeps the statements before and after apart, as the magic did. */
function blank(text: string, start: number, end: number): string {
  const spaces = text.slice(start, end).replace(/[^\r\n]/g, " ");
  return `${text.slice(0, start)}${spaces.replace(" ", ";")}${text.slice(end)}`;
}
