import { InputError } from "../../kernel/extension/index.js";

/** What a chart can place on an axis: a number, a time in ms since 1970 UTC, or a name. */
export type Cell = number | string | null;

/** One column, its values in the form its kind has. */
export interface Column {
  readonly name: string;
  readonly kind: "quantitative" | "temporal" | "nominal";
  readonly values: readonly Cell[];
}

const ISO_DATE = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/**
 * A column from raw values, its kind read off them.
 *
 * Dates and ISO texts are times, in UTC where they say no zone. Undefined, NaN and invalid dates are
 * null. bigints are numbers where these are exact, otherwise names, as identifiers should be. A
 * column without any value counts as numbers, none of them known yet.
 */
export function columnOf(name: string, raw: readonly unknown[], where: string): Column {
  const values = raw.map((value) => present(value));
  const some = values.filter((value) => value !== null);
  const infinite = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) throw new InputError(`${where} is ${values[infinite]} in row ${infinite}`);
  if (some.every((value) => typeof value === "number")) {
    return { name, kind: "quantitative", values: values as Cell[] };
  }
  if (some.every((value) => value instanceof Date || isIsoDate(value))) {
    return { name, kind: "temporal", values: values.map((v) => (v === null ? null : time(v))) };
  }
  return { name, kind: "nominal", values: values.map((v) => (v === null ? null : text(v))) };
}

/** A column's distinct values in the order they first appear. */
export function distinct(column: Column): Cell[] {
  return [...new Set(column.values)];
}

/** A cell as it stands in a specification: a time as ISO text, the shortest that says it. */
export function written(cell: Cell, kind: Column["kind"]): Cell {
  if (cell === null || kind !== "temporal") return cell;
  const iso = new Date(cell).toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.replace(".000Z", "Z");
}

function present(value: unknown): unknown {
  if (value === undefined || value === null || Number.isNaN(value)) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}

function isIsoDate(value: unknown): boolean {
  return typeof value === "string" && ISO_DATE.test(value) && !Number.isNaN(time(value));
}

function time(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const iso = String(value).replace(" ", "T");
  return Date.parse(/T[^Z+-]*$/.test(iso) ? `${iso}Z` : iso);
}

function text(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
