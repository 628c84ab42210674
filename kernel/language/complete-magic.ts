import type { Completions } from "./complete.js";
import { filePaths } from "./file-paths.js";
import { cellMagic } from "./magic.js";
import { nesting, tokens } from "./tokens.js";

/** A magic as completion and `%help` describe it. */
export interface KnownMagic {
  name: string;
  doc: string;
  usage?: string;
  values?: readonly string[];
  form?: "line" | "cell";
}

/** What is written before a cursor in a magic's line. */
const NAME = /^[ \t]*(%%?)([\w.-]*)$/;
const ARGUMENT = /^[ \t]*%%?([A-Za-z][\w.-]*)[ \t]+(.*)$/;

/**
 * Completes the name or an argument of a magic.
 *
 * @param cursor in UTF-16 units
 * @returns undefined where the cursor is in code, that after `%time` included
 */
export function completeMagic(
  code: string,
  cursor: number,
  magics: readonly KnownMagic[],
): Completions | undefined {
  const start = code.lastIndexOf("\n", cursor - 1) + 1;
  const before = code.slice(start, cursor);
  const isFirst = code.slice(0, start).trim() === "";
  // What stands under `%%html` is nobody's code.
  if (!isFirst && cellMagic(code.slice(0, cursor))) return completions([], cursor, cursor);
  if (!/^[ \t]*%/.test(before) || !isStatement(code.slice(0, start))) return undefined;
  const [, marks, prefix] = NAME.exec(before) ?? [];
  if (marks !== undefined && prefix !== undefined) {
    const names = written(magics, isFirst);
    let found = names.filter((name) => name.startsWith(marks + prefix));
    if (found.length === 0) found = names.filter((name) => name.startsWith(`%%${prefix}`));
    if (found.length === 0 && marks === "%") return undefined;
    const rest = /^[\w.-]*/.exec(code.slice(cursor))?.[0] ?? "";
    return completions(found, cursor - prefix.length - marks.length, cursor + rest.length);
  }
  const [, name, argument = ""] = ARGUMENT.exec(before) ?? [];
  const magic = magics.find((known) => known.name === name);
  if (!magic || name === "time" || name === "timeit") return undefined;
  // The name of a folder may have spaces.
  const word = name === "cd" ? argument : (/\S*$/.exec(argument)?.[0] ?? "");
  const values =
    name === "cd"
      ? filePaths(word).filter((path) => path.endsWith("/"))
      : magic.values?.filter((value) => value.startsWith(word));
  const rest = /^\S*/.exec(code.slice(cursor))?.[0] ?? "";
  return completions(values ?? [], cursor - word.length, cursor + rest.length);
}

/** All that may be written: `%time`, and on the first line `%%time`. */
function written(magics: readonly KnownMagic[], isFirst: boolean): string[] {
  return magics.flatMap(({ name, form }) => [
    ...(form === "cell" ? [] : [`%${name}`]),
    ...(form === "line" || !isFirst ? [] : [`%%${name}`]),
  ]);
}

/** Whether a new statement may begin after the text. */
function isStatement(text: string): boolean {
  const all = [...tokens(text)];
  const last = all.at(-1);
  const isOpen = last && "closed" in last && !last.closed;
  return !isOpen && all.reduce((depth, token) => depth + nesting(token), 0) <= 0;
}

function completions(matches: string[], start: number, end: number): Completions {
  return {
    matches,
    start,
    end,
    types: matches.map((text) => ({ text, type: "magic", start, end })),
  };
}
