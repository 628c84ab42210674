import type { Program } from "acorn";
import { MagicString } from "magic-string";
import { commandLines } from "./edit-commands.js";
import { parseTypeScript } from "./erase.js";
import { cellMagic, hasPercentLine, magicLines, withoutCellTime } from "./magic.js";
import { objectLiteral } from "./object-literal.js";
import { tokens } from "./tokens.js";

/** A cell as a type checker can read it. */
export interface Checkable {
  /** TypeScript; every line and column of code is as it was typed. */
  text: string;
  /** What the line before the text must end with, for a text that begins with an object's brace. */
  before?: string;
}

/** What only cells have that are not plain TypeScript: a mark where a line begins or ends, or a brace. */
const SPECIAL = /^[ \t]*[%!{]|\?[ \t]*$/m;

/**
 * The cell with its magics blanked and the code that `%time` and `%timeit` take left in place.
 *
 * Undefined for a cell that has no TypeScript, such as `%%html`. Text that does not parse, as while it
 * is typed, loses all that looks like a magic line.
 *
 * @param isKnown whether a name means something: `!ls` is a command where `ls` does not
 */
export function checkable(
  source: string,
  isKnown: (name: string) => boolean,
): Checkable | undefined {
  if (!SPECIAL.test(source)) return { text: source };
  if (cellMagic(source)) return undefined;
  const code = withoutCellTime(source) ?? source;
  let text = hasPercentLine(code) ? withoutMagicLines(code) : code;
  let program = parseTypeScript(text) as Program | undefined;
  if (text === code && (!program || program.body.at(-1)?.type === "BlockStatement")) {
    const object = withObject(text);
    if (object && parseTypeScript(`${object.before ?? ""}${object.text}`)) return object;
  }
  if (!program) {
    text = withoutMagicLines(text);
    program = parseTypeScript(text) as Program | undefined;
  }
  return { text: program ? withoutCommands(text, program, isKnown) : text };
}

function withoutMagicLines(source: string): string {
  const text = new MagicString(source);
  for (const line of magicLines(source)) {
    if (line.kind !== "timed") blank(text, line.start, line.end);
    else if (!line.repeated) blank(text, line.start, line.code);
    else {
      // What repeated code declares, no other cell sees.
      blank(text, line.start, line.code, ";{");
      text.appendRight(codeEnd(source, line.code, line.end), "}");
    }
  }
  return text.toString();
}

/** Where code ends before the comment that may stand behind it. */
function codeEnd(source: string, start: number, end: number): number {
  const all = [...tokens(source.slice(start, end))];
  const last = all.findLast(({ type }) => !/^(WhiteSpace|LineTerminatorSequence)$/.test(type));
  return last?.type === "SingleLineComment" ? start + last.start : end;
}

function withoutCommands(source: string, { body }: Program, isKnown: (name: string) => boolean) {
  const text = new MagicString(source);
  for (const { name, start, end } of commandLines(source, source, body)) {
    if (!isKnown(name)) blank(text, start, end);
  }
  return text.toString();
}

/** A semicolon in front keeps the statements before and after apart, as the magic did. */
function blank(text: MagicString, start: number, end: number, mark = ";"): void {
  const spaces = text.original.slice(start, end).replace(/[^\r\n]/g, " ");
  if (start < end) text.overwrite(start, end, spaces.replace(" ".repeat(mark.length), mark));
}

/** The last braces in parentheses, of which the first stands where it moves nothing: a line earlier. */
function withObject(source: string): Checkable | undefined {
  const braces = objectLiteral(source);
  if (!braces) return undefined;
  const text = new MagicString(source).appendRight(braces.end, ")");
  const before = [...tokens(source.slice(0, braces.start))];
  const line = before.findLast(({ type }) => type === "LineTerminatorSequence");
  if (!line) return { text: text.toString(), before: ";(" };
  return { text: text.appendLeft(codeEnd(source, 0, line.start), ";(").toString() };
}
