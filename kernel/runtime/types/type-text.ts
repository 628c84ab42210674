import { memberName } from "./member-name.js";
import type { Column, RecordShape, Shape } from "./shape.js";

const PRIMITIVES = ["string", "number", "bigint", "boolean", "symbol"];

/** The TypeScript type of what was seen; `loose` when it is part of something not wholly seen. */
export function typeText(shape: Shape, loose = false): string {
  return union(shape, loose || shape.partial, false);
}

/** What a member may be: of a record in a table not wholly seen, also null or missing. */
function memberText({ shape }: Column, loose: boolean): string {
  return union(shape, loose || shape.partial, loose);
}

function union(shape: Shape, loose: boolean, mayMiss: boolean): string {
  // Of a place where only null was seen the next one may hold anything.
  if (shape.any || shape.kinds === 0) return "any";
  const { record, dictionary, array, extras, set, map } = shape;
  const parts = [
    ...PRIMITIVES.filter((name) => shape.names.has(name)),
    ...[...shape.names].filter((name) => !PRIMITIVES.includes(name)).sort(),
  ];
  if (record) parts.push(recordText(record, loose));
  if (dictionary) parts.push(`Record<string, ${itemText(dictionary, loose)}>`);
  if (array) {
    const items = `${grouped(itemText(array, loose))}[]`;
    parts.push(extras ? `${items} & ${recordText(extras, loose)}` : items);
  }
  if (set) parts.push(`Set<${itemText(set, loose)}>`);
  if (map) parts.push(`Map<${typeText(map.key)}, ${itemText(map.value, loose)}>`);
  if (parts.includes("any")) return "any";
  if (shape.null || mayMiss) parts.push("null");
  if (shape.undefined || mayMiss) parts.push("undefined");
  return parts.join(" | ");
}

/** An unseen row is a row like the others; of an unseen plain value nothing is known. */
function itemText(shape: Shape, loose: boolean): string {
  const isLoose = loose || shape.partial;
  return union(shape, isLoose, isLoose && shape.names.size > 0);
}

function recordText({ columns, count }: RecordShape, loose: boolean): string {
  if (columns.length === 0) return "any";
  const members = columns.map((column) => {
    const name = memberName(column.name);
    return `${name}${column.count < count ? "?" : ""}: ${memberText(column, loose)}`;
  });
  return `{ ${members.join("; ")} }`;
}

function grouped(text: string): string {
  return /^[\w.]+$/.test(text) || /^\{[^{}]*\}$/.test(text) ? text : `(${text})`;
}
