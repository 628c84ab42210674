import { types } from "node:util";
import { typeOfColumn } from "./column-type.js";
import type { Formatter } from "./registry.js";
import { type Column, renderTable, type Table } from "./table.js";

export type PlainRecord = Record<string, unknown>;

/** Rows whose keys are looked at: all of a table of common size, a sample of a huge one. */
const SAMPLE = 10_000;

/** An array of plain objects: a row each, the union of their keys as columns. */
export const records: Formatter = {
  name: "records",
  match: (value) => Array.isArray(value) && areRecords(value),
  format: (rows: readonly PlainRecord[]) => renderTable(tableOf(rows)),
};

/** A Map from names or numbers to plain objects, as `Map.groupBy` and a reduction give it. */
export const keyedRecords: Formatter = {
  name: "map of records",
  match: (value) => {
    if (!types.isMap(value) || value.size === 0) return false;
    for (const [key, row] of value) {
      if ((typeof key !== "string" && typeof key !== "number") || !isRecord(row)) return false;
    }
    return tableOf([...value.values()] as PlainRecord[]).columns.length > 0;
  },
  format: (map: ReadonlyMap<string | number, PlainRecord>) => {
    const keys = [...map.keys()];
    return renderTable({ ...tableOf([...map.values()]), label: (row) => String(keys[row]) });
  },
};

/** True for an object literal or an object without a prototype; never for a proxy. */
export function isRecord(value: unknown): value is PlainRecord {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function areRecords(rows: readonly unknown[]): boolean {
  return (
    rows.length > 0 && sample(rows).every(isRecord) && namesOf(rows as PlainRecord[]).length > 0
  );
}

function tableOf(rows: readonly PlainRecord[]): Table {
  const seen = sample(rows);
  const columns = namesOf(rows).map((name): Column => {
    const type = () => typeOfColumn(seen.map((row) => read(row, name)));
    return { name, type, at: (row) => rows[row]?.[name] };
  });
  return { rows: rows.length, columns };
}

function namesOf(rows: readonly PlainRecord[]): string[] {
  const names = new Set<string>();
  for (const row of sample(rows)) for (const name in row) names.add(name);
  return [...names];
}

function sample<T>(rows: readonly T[]): readonly T[] {
  return rows.length <= SAMPLE ? rows : [...rows.slice(0, SAMPLE), ...rows.slice(-20)];
}

function read(row: PlainRecord, name: string): unknown {
  try {
    return row[name];
  } catch {
    return undefined;
  }
}
