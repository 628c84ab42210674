import stringWidth from "fast-string-width";
import type { ShownColumn, ShownTable } from "./table.js";
import { grouped } from "./text.js";

/** Characters of a line; a wider table loses columns from its middle. */
const WIDTH = 120;
const GAP = "  ";

/** A table in monospace: names, types, a rule, the rows, the shape. */
export function tableText(table: ShownTable): string {
  const { labels, numbered, rowsBefore, moreRows } = table;
  const index = lines({ name: "", type: "", right: numbered, cells: labels.map(plain) });
  const labelWidth = stringWidth(index[0] as string);
  const { columns, missing } = fitted(table, labelWidth);
  const rows = index.map((label, i) =>
    [label, ...columns.map((column) => column[i] as string)].join(GAP).trimEnd(),
  );
  const width = Math.max(...rows.map((row) => stringWidth(row)));
  // Where no column says its type, no line is left empty for it.
  const head = table.columns.some(({ type }) => type !== "") ? 2 : 1;
  rows.splice(head, 2 - head, "─".repeat(width));
  if (moreRows !== "") {
    rows.splice(head + 1 + rowsBefore, 0, `${" ".repeat(labelWidth)}${GAP}${moreRows}`);
  }
  const note = missing > 0 ? ` (${grouped(missing)} not shown)` : "";
  return [...rows, `${table.shape}${note}`].join("\n");
}

/** The columns as padded lines, with a column of dots in place of those that do not fit. */
function fitted(table: ShownTable, labelWidth: number): { columns: string[][]; missing: number } {
  const columns = table.columns.map(lines);
  const widths = columns.map((column) => GAP.length + stringWidth(column[0] as string));
  const dots = () => (missing > 0 ? GAP.length + 1 : 0);
  const total = () => widths.reduce((sum, width) => sum + width, labelWidth + dots());
  let missing = table.columnsHidden;
  let at = Math.ceil(columns.length / 2);
  while (columns.length > 2 && total() > WIDTH) {
    // The longer side gives way, so that the first and the last columns stay.
    if (at >= columns.length - at) at--;
    columns.splice(at, 1);
    widths.splice(at, 1);
    missing++;
  }
  if (missing > 0) columns.splice(at, 0, Array(table.labels.length + 2).fill("…"));
  return { columns, missing };
}

function lines({ name, type, right, cells }: ShownColumn): string[] {
  const texts = [name, type, ...cells.map((cell) => cell.text)];
  const widths = texts.map((text) => stringWidth(text));
  const width = Math.max(...widths);
  return texts.map((text, i) => {
    const padding = " ".repeat(width - (widths[i] as number));
    return right ? padding + text : text + padding;
  });
}

function plain(text: string) {
  return { text, muted: false };
}
