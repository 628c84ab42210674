import { types } from "node:util";

/** The TypeScript type of a column's values, with at most three members: `number | null`. */
export function typeOfColumn(values: Iterable<unknown>): string {
  const found = new Set<string>();
  for (const value of values) found.add(typeOf(value));
  const absent = ["null", "undefined"].filter((type) => found.delete(type));
  const present = found.size > 2 ? ["mixed"] : [...found].sort();
  return [...present, ...absent].join(" | ") || "unknown";
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  if (types.isDate(value)) return "Date";
  return Array.isArray(value) || ArrayBuffer.isView(value) ? "array" : "object";
}
