import { types } from "node:util";
import { typeOfColumn } from "./column-type.js";
import { isRecord } from "./records.js";
import type { Formatter } from "./registry.js";
import { renderTable } from "./table.js";

type Values = ArrayLike<unknown>;

/** An object of arrays or typed arrays of one length, not nested: a column each. */
export const columns: Formatter = {
  name: "columns",
  match: (value) => {
    if (!isRecord(value)) return false;
    let length = 0;
    for (const name in value) {
      const column = value[name];
      if (!isValues(column) || column.length === 0) return false;
      if (length !== 0 && column.length !== length) return false;
      length = column.length;
      if (!isScalar(column[0])) return false;
    }
    return length > 0;
  },
  format: (value: Readonly<Record<string, Values>>) => {
    const rows = Object.values(value)[0]?.length ?? 0;
    return renderTable({
      rows,
      columns: Object.entries(value).map(([name, column]) => ({
        name,
        type: () => typeOf(column),
        at: (row) => column[row],
      })),
    });
  },
};

function isValues(value: unknown): value is Values {
  return Array.isArray(value) || types.isTypedArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null || types.isDate(value);
}

function typeOf(column: Values): string {
  if (!Array.isArray(column)) return (column as Uint8Array)[Symbol.toStringTag];
  return typeOfColumn(column.length > 10_000 ? column.slice(0, 10_000) : column);
}
