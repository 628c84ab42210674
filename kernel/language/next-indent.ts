import { isSignificant, nesting, tokens } from "./tokens.js";

/** An open bracket: the line it stands in, how far that is indented, and the word before it. */
interface Open {
  line: number;
  indent: string;
  head: string;
}

const STEP = "  ";

/**
 * How far the line after unfinished text is indented: as the last one; a step more where that opens
 * brackets, or waits for a body or a value; and as the line that opened it where it closes one.
 */
export function nextIndent(code: string): string {
  const text = code.trimEnd();
  const open: Open[] = [];
  let line = 0;
  let indent = indentAt(text, 0);
  let [first, last, head] = ["", "", ""];
  for (const token of tokens(text)) {
    if ("closed" in token && !token.closed && /Template/.test(token.type)) return "";
    const { value } = token;
    const change = nesting(token);
    if (change > 0) open.push({ line, indent, head: last });
    const closed = change < 0 ? open.pop() : undefined;
    if (closed) ({ indent, head } = closed);
    if (isSignificant(token)) {
      first ||= value;
      last = value;
    }
    const newline = value.lastIndexOf("\n");
    if (newline < 0) continue;
    line = token.start + newline + 1;
    indent = indentAt(text, line);
    first = "";
  }
  const around = open.at(-1);
  if (around?.line === line) return indent + STEP;
  if (last === ":" && /^(case|default)$/.test(first)) return (around?.indent ?? "") + STEP + STEP;
  const waits =
    /^(=>|=|else|do)$/.test(last) || (last === ")" && /^(if|for|await|while)$/.test(head));
  return waits ? indent + STEP : indent;
}

function indentAt(text: string, line: number): string {
  const indent = /[ \t]*/y;
  indent.lastIndex = line;
  return indent.exec(text)?.[0] ?? "";
}
