import { columnCells } from "./column-cells.js";
import type { Rendered } from "./mimebundle.js";
import { tableHtml } from "./table-html.js";
import { tableText } from "./table-text.js";
import { cut, grouped } from "./text.js";

/** Rows and columns that are shown: the first and the last half of each. */
const SHOWN = 20;

/** One column of a table; its values are read only where they are shown. */
export interface Column {
  name: string;
  type: () => string;
  at: (row: number) => unknown;
}

/** Anything that has rows and columns. */
export interface Table {
  rows: number;
  columns: readonly Column[];
  /** What stands before a row; its number, from 0, by default. */
  label?: (row: number) => string;
  /** Rows that are shown at most; 20 by default. */
  shown?: number;
}

/** A cell as text; muted when it stands for the absence of a value. */
export interface Cell {
  text: string;
  muted: boolean;
}

/** One shown column, its cells in the order of the shown rows; `cells` is empty for the gap. */
export interface ShownColumn {
  name: string;
  type: string;
  right: boolean;
  cells: readonly Cell[];
}

/** A table cut down to what is shown. */
export interface ShownTable {
  labels: readonly string[];
  /** Whether the labels are the rows' numbers. */
  numbered: boolean;
  columns: readonly ShownColumn[];
  /** Shown rows and columns that come before what is left out; all of them where nothing is. */
  rowsBefore: number;
  columnsBefore: number;
  /** `… 9,980 more rows`, or "" */
  moreRows: string;
  columnsHidden: number;
  /** `10,000 rows × 3 columns` */
  shape: string;
}

/** A table as text/html and as text/plain, by default at most 20 rows and 20 columns of it. */
export function renderTable(table: Table): Rendered {
  const shown = shownTable(table);
  return { data: { "text/plain": tableText(shown), "text/html": tableHtml(shown) } };
}

function shownTable(table: Table): ShownTable {
  const { shown = SHOWN } = table;
  const rows = ends(table.rows, shown);
  const columns = ends(table.columns.length);
  const hidden = table.rows - rows.length;
  const label = table.label ?? String;
  return {
    numbered: table.label === undefined,
    labels: rows.map((row) => cut(label(row), 40)),
    columns: columns.map((index) => {
      const { name, type, at } = table.columns[index] as Column;
      return { name: cut(name, 40), type: cut(type(), 40), ...columnCells(rows.map(reader(at))) };
    }),
    rowsBefore: before(table.rows, shown),
    columnsBefore: before(table.columns.length),
    moreRows: hidden > 0 ? `… ${grouped(hidden)} more ${hidden === 1 ? "row" : "rows"}` : "",
    columnsHidden: table.columns.length - columns.length,
    shape: `${counted(table.rows, "row")} × ${counted(table.columns.length, "column")}`,
  };
}

/** 0, 1, … 9, n - 10, … n - 1, or all where there are few. */
function ends(length: number, most = SHOWN): number[] {
  const shown = Math.min(length, most);
  const first = before(length, most);
  return Array.from({ length: shown }, (_, i) => (i < first ? i : length - shown + i));
}

function before(length: number, most = SHOWN): number {
  return length > most ? most / 2 : length;
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A getter that throws must not cost the rest of the table. */
function reader(at: (row: number) => unknown): (row: number) => unknown {
  return (row) => {
    try {
      return at(row);
    } catch (error) {
      return error;
    }
  };
}
