import { MagicString } from "magic-string";
import { type CellMagic, type MagicLine, magicLines } from "./magic.js";
import { nesting, tokens } from "./tokens.js";

const quote = JSON.stringify;

/** A cell that is one magic as a whole, as a call. */
export function cellMagicCall(source: string, { name, argument, body }: CellMagic): MagicString {
  const call = `__retro__.result(await __retro__.magic(${quote(name)}, ${quote(argument)}, ${quote(body)}));`;
  return new MagicString(source).overwrite(0, source.length, call);
}

/** The cell with its magic lines as calls, around the code of those that take code; undefined without any. */
export function withMagicCalls(source: string): MagicString | undefined {
  const text = new MagicString(source);
  for (const line of magicLines(source)) {
    if (line.kind !== "timed") {
      text.overwrite(line.start, line.end, call(line) + (isLast(source, line) ? "" : ";"));
    } else if (line.repeated) surround(text, line);
    else text.overwrite(line.start, line.code, ";__retro__.time(); ");
  }
  return text.hasChanged() ? text : undefined;
}

function call(line: Extract<MagicLine, { kind: "inspect" | "call" }>): string {
  return line.kind === "inspect"
    ? `;__retro__.inspect(${quote(line.chain)}, ${line.detail})`
    : `;await __retro__.magic(${quote(line.name)}, ${quote(line.argument)})`;
}

/** Makes the code a function that can be called again and again. */
function surround(
  text: MagicString,
  { options, start, code, end }: Extract<MagicLine, { code: number }>,
): void {
  const all = [...tokens(text.original.slice(code, end))];
  const waits = all.some(({ type, value }) => type === "IdentifierName" && value === "await");
  text.overwrite(
    start,
    code,
    `;await __retro__.timeit(${quote(options)}, ${waits ? "async " : ""}() => { `,
  );
  // An open bracket waits for more text, and so must the function.
  const open = all.reduce((depth, token) => depth + nesting(token), 0) > 0;
  if (!open) text.appendLeft(end, "\n});");
}

function isLast(source: string, { end }: MagicLine): boolean {
  return source.slice(end).trim() === "";
}
