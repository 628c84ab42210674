import type { Program } from "acorn";
import type { MagicString } from "magic-string";
import type { ReadCell } from "./read-cell.js";

const COMMAND = /^!([A-Za-z_$][\w$]*)[^;\n]*$/;

/** A line such as `!ls -l`, which is TypeScript too: a command where nothing has its name. */
export interface CommandLine {
  name: string;
  command: string;
  start: number;
  end: number;
}

/**
 * Makes commands of lines that TypeScript could but fail at.
 *
 * @returns whether there are any
 */
export function editCommands(code: MagicString, cell: ReadCell): boolean {
  const { map, scope, text, program } = cell;
  // What the compiler wrote afresh is not as it was typed.
  if (map !== undefined) return false;
  const lines = commandLines(cell.code, text, program.body).filter(
    ({ name }) => !scope.declared.has(name),
  );
  for (const { name, command, start, end } of lines) {
    const [known, line] = [name, command].map((text) => JSON.stringify(text));
    code.prependLeft(start, `${known} in globalThis ? (`);
    code.appendRight(end, `) : await __retro__.magic("shell", ${line})`);
  }
  return lines.length > 0;
}

/** The lines that are commands if their first word names nothing; `code` may lack the types of `text`. */
export function commandLines(code: string, text: string, body: Program["body"]): CommandLine[] {
  if (!/^[ \t]*!/m.test(text)) return [];
  return body.flatMap(({ type, start, end }) => {
    if (type !== "ExpressionStatement") return [];
    const lineEnd = end + code.slice(end).search(/\r?\n|$/);
    const line = text.slice(start, lineEnd).replace(/\s*;?\s*$/, "");
    const [, name] = COMMAND.exec(line) ?? [];
    const lineStart = code.lastIndexOf("\n", start - 1) + 1;
    const isWhole = (code.slice(lineStart, start) + code.slice(end, lineEnd)).trim() === "";
    if (name === undefined || !isWhole) return [];
    return [{ name, command: line.slice(1), start, end: code[end - 1] === ";" ? end - 1 : end }];
  });
}
