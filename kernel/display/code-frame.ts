import { bold, dim, red } from "./ansi.js";

/** Lines shown before and after the marked one. */
const AROUND = 2;
/** Characters of a line; of a longer one the part around the column is shown. */
const WIDTH = 120;

/**
 * The lines around a place in a source, the place marked; line and column count from 1. Empty when
 * the source has no such line.
 *
 * @param width columns to mark
 */
export function codeFrame(source: string, line: number, column: number, width = 1): string[] {
  const lines = source.split(/\r?\n/);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const start = Math.max(0, column - WIDTH / 2);
  const cut = column > WIDTH ? start : 0;
  const frame: string[] = [];
  for (let n = first; n <= last; n++) {
    const text = (lines[n - 1] as string).slice(cut, cut + WIDTH).trimEnd();
    const number = String(n).padStart(String(last).length);
    const code = `${number} | ${text}`.trimEnd();
    frame.push(n === line ? `${bold(red(">"))} ${code}` : dim(`  ${code}`));
    if (n !== line) continue;
    // Tabs stay tabs, so that the mark stands under what it means.
    const indent = text.slice(0, column - 1 - cut).replace(/[^\t]/g, " ");
    const mark = "^".repeat(Math.max(1, Math.min(width, text.length - column + 1 + cut)));
    frame.push(`${" ".repeat(number.length + 2)} ${dim("|")} ${indent}${bold(red(mark))}`);
  }
  return frame;
}
