import type { MagicString } from "magic-string";
import { hasPercentLine } from "./magic.js";
import { withMagicCalls } from "./magic-calls.js";
import { withObjectLiteral } from "./object-literal.js";
import { originalPlace } from "./original-place.js";
import { type Parsed, parse, parseInPlace } from "./parse.js";
import { CellSyntaxError } from "./syntax-error.js";

/** A parsed cell and the text that the parser was given in its place. */
export interface ReadCell extends Parsed {
  text: string;
  /** The edit that made `text` of the cell as typed, if there was one. */
  edit?: MagicString;
}

/** A cell that no compiler has to read, and so without waiting; undefined for others and wrong ones. */
export function readInPlace(source: string): ReadCell | undefined {
  const read = (edit: MagicString | undefined): ReadCell | undefined => {
    const text = edit?.toString();
    const parsed = text === undefined ? undefined : parseInPlace(text);
    return parsed && { ...parsed, text: text as string, edit: edit as MagicString };
  };
  if (hasPercentLine(source)) return read(withMagicCalls(source));
  const plain = parseInPlace(source);
  if (plain && plain.program.body.at(-1)?.type !== "BlockStatement") {
    return { ...plain, text: source };
  }
  const object = read(withObjectLiteral(source));
  if (object) return object;
  return plain ? { ...plain, text: source } : read(withMagicCalls(source));
}

/**
 * Parses a cell as TypeScript first, unless a line begins with `%name`; only a cell that does not
 * parse, or that ends in a block, is read again with its magics as calls and its last braces as an
 * object.
 *
 * @throws CellSyntaxError with the place in the cell as typed
 */
export async function readCell(source: string): Promise<ReadCell> {
  if (hasPercentLine(source)) {
    return (await readEdited(withMagicCalls(source))) as ReadCell;
  }
  let failure: unknown;
  try {
    const cell = { ...(await parse(source)), text: source };
    if (cell.program.body.at(-1)?.type !== "BlockStatement") return cell;
    return (await readEdited(withObjectLiteral(source)).catch(() => undefined)) ?? cell;
  } catch (error) {
    failure = error;
  }
  const object = await readEdited(withObjectLiteral(source)).catch(() => undefined);
  const cell = object ?? (await readEdited(withMagicCalls(source)));
  if (!cell) throw failure;
  return cell;
}

async function readEdited(edit: MagicString | undefined): Promise<ReadCell | undefined> {
  if (!edit) return undefined;
  const text = edit.toString();
  try {
    return { ...(await parse(text)), text, edit };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const map = edit.generateMap({ hires: true }).toString();
    const { line, column } = originalPlace(map, error) ?? error;
    throw new CellSyntaxError(error.message, line, column, error.incomplete);
  }
}
