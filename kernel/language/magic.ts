import { parseJavaScript } from "./javascript.js";
import { nesting, tokens } from "./tokens.js";

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const INSPECT = new RegExp(String.raw`^[ \t]*(${NAME}(?:\.${NAME})*)(\?\??)[ \t]*$`, "u");
const MAGIC = /^[ \t]*%([A-Za-z][\w.-]*)(?:[ \t]+(.*)|[ \t]*)$/;
const COMMAND = /^[ \t]*!(.*\S.*)$/;
const CELL_MAGIC = /^\s*%%([A-Za-z][\w.-]*)[ \t]*(.*)(?:\r?\n([\s\S]*))?$/;
/** `%timeit` and what it takes, `-n 5 -r 3 `, before the code. */
const OPTIONS = /^(?:--?[A-Za-z]+[ \t]*=?\d*(?:\s+|$))*/;

/** A line that is no TypeScript; places are UTF-16 units of the cell. */
export type MagicLine = { start: number; end: number } & (
  | { kind: "inspect"; chain: string; detail: number }
  | { kind: "call"; name: string; argument: string }
  /** `%time code`, or `%timeit -n 5 code`, which repeats it: the code reaches from `code` to `end`. */
  | { kind: "timed"; repeated: boolean; options: string; code: number }
);

/** Whether a cell begins with `%%name`. */
export function isCellMagic(source: string): boolean {
  return CELL_MAGIC.test(source);
}

/** The first line of a cell that is one magic as a whole, and the text under it. */
export interface CellMagic {
  name: string;
  argument: string;
  body: string;
}

/** What a cell that begins with `%%name argument` hands to the magic; undefined where its text is code. */
export function cellMagic(source: string): CellMagic | undefined {
  const [, name, given, body = ""] = CELL_MAGIC.exec(source) ?? [];
  if (name === undefined || given === undefined) return undefined;
  const argument = given.trim();
  const options = name === "timeit" ? (OPTIONS.exec(argument)?.[0] ?? "") : "";
  const timed = (name === "time" || name === "timeit") && argument === options;
  return timed && body.trim() !== "" ? undefined : { name, argument, body };
}

/** The cell without its first line `%%time`, every place as it was; undefined for other cells. */
export function withoutCellTime(source: string): string | undefined {
  if (!/^\s*%%time\s/.test(source) || cellMagic(source)) return undefined;
  return source.replace("%%time", " ".repeat("%%time".length));
}

/**
 * Whether a line begins with `%name`: what may be TypeScript too, the remainder `a⏎%cd /b`, but is
 * never written so.
 */
export function hasPercentLine(source: string): boolean {
  if (!/^[ \t]*%[A-Za-z]/m.test(source)) return false;
  return [...magicLines(source)].some(({ start }) => /^[ \t]*%/.test(source.slice(start)));
}

/** Lines `name?`, `%name argument` and `!command`, of which no bracket, template or comment is open. */
export function* magicLines(source: string): Generator<MagicLine> {
  const timed = /^\s*%%timeit(?=\s)/.exec(source)?.[0];
  if (timed !== undefined && !cellMagic(source)) {
    const code = source.indexOf("\n", timed.length) + 1;
    const options = source.slice(timed.length, code).trim();
    yield { kind: "timed", repeated: true, options, start: 0, code, end: source.length };
    return;
  }
  for (let start = 0; start < source.length; ) {
    const line = magicLine(source, start);
    if (line) yield line;
    start = line ? lineEnd(source, line.end) + 1 : statementEnd(source, start).next;
  }
}

function magicLine(source: string, start: number): MagicLine | undefined {
  const end = lineEnd(source, start);
  const line = source.slice(start, end).trimEnd();
  const place = { start, end: start + line.length };
  const [, chain, marks] = INSPECT.exec(line) ?? [];
  if (chain !== undefined && marks !== undefined) {
    return { kind: "inspect", chain, detail: marks.length - 1, ...place };
  }
  const [, command] = COMMAND.exec(line) ?? [];
  // `!ready` may well be TypeScript: whether it is, only running it tells.
  if (command !== undefined && !isJavaScript(line)) {
    return { kind: "call", name: "shell", argument: command.trim(), ...place };
  }
  const [, name, argument = ""] = MAGIC.exec(line) ?? [];
  if (name === undefined) return undefined;
  const repeated = name === "timeit";
  const [options] = (repeated && OPTIONS.exec(argument)) || [""];
  const code = place.end - argument.length + options.length;
  if ((repeated || name === "time") && code < place.end) {
    const { end } = statementEnd(source, code);
    return { kind: "timed", repeated, options: options.trim(), start, code, end };
  }
  return { kind: "call", name, argument, ...place };
}

function isJavaScript(line: string): boolean {
  try {
    parseJavaScript(line);
    return true;
  } catch {
    return false;
  }
}

function lineEnd(source: string, start: number): number {
  return source.slice(start).search(/\r?\n|$/) + start;
}

/** The next line end that no bracket, template or comment runs over, and where the line after it begins. */
function statementEnd(source: string, start: number): { end: number; next: number } {
  let depth = 0;
  for (const token of tokens(source.slice(start))) {
    depth += nesting(token);
    if (token.type !== "LineTerminatorSequence" || depth > 0) continue;
    return { end: start + token.start, next: start + token.end };
  }
  return { end: source.length, next: source.length };
}
