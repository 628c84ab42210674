import { MagicString } from "magic-string";
import { nesting, tokens } from "./tokens.js";

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const INSPECT = new RegExp(String.raw`^[ \t]*(${NAME}(?:\.${NAME})*)(\?\??)[ \t]*$`, "u");
const MAGIC = /^[ \t]*%([A-Za-z][\w.-]*)[ \t]*(.*)$/;
const CELL_MAGIC = /^\s*%%([A-Za-z][\w.-]*)[ \t]*(.*)(?:\r?\n([\s\S]*))?$/;

const quote = JSON.stringify;

/** The call that a cell beginning with `%%name argument` stands for, or undefined. */
export function cellMagic(source: string): string | undefined {
  const [, name, argument, body] = CELL_MAGIC.exec(source) ?? [];
  if (name === undefined || argument === undefined) return undefined;
  return `__retro__.result(await __retro__.magic(${quote(name)}, ${quote(argument.trim())}, ${quote(body ?? "")}));`;
}

/** Lines `name?`, `name??` and `%name argument` turned into calls; undefined when there is none. */
export function withMagicLines(source: string): MagicString | undefined {
  const text = new MagicString(source);
  for (let start = 0; start < source.length; start = nextStatementLine(source, start)) {
    const end = source.slice(start).search(/\r?\n|$/) + start;
    const call = magicCall(source.slice(start, end));
    if (call !== undefined) text.overwrite(start, end, call);
  }
  return text.hasChanged() ? text : undefined;
}

function magicCall(line: string): string | undefined {
  const [, chain, marks] = INSPECT.exec(line) ?? [];
  if (marks !== undefined) return `;__retro__.inspect(${quote(chain)}, ${marks.length - 1});`;
  const [, name, argument] = MAGIC.exec(line) ?? [];
  if (argument === undefined) return undefined;
  return `;await __retro__.magic(${quote(name)}, ${quote(argument.trim())})`;
}

/** Where the next line begins that no bracket, template or comment runs into. */
function nextStatementLine(source: string, start: number): number {
  const lineEnd = source.slice(start).search(/\n|$/) + start + 1;
  if (magicCall(source.slice(start, lineEnd).trimEnd()) !== undefined) return lineEnd;
  let depth = 0;
  for (const token of tokens(source.slice(start))) {
    depth += nesting(token);
    if (token.type === "LineTerminatorSequence" && depth <= 0) return start + token.end;
  }
  return source.length;
}
