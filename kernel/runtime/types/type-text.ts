import { memberName } from "./member-name.js";
import type { RecordShape, Shape } from "./shape.js";

const PRIMITIVES = ["string", "number", "bigint", "boolean", "symbol"];

/** The TypeScript type of what was seen; `loose` when it is part of something not wholly seen. */
export function typeText(shape: Shape, loose = false): string {
  return union(shape, loose || shape.partial).join(" | ");
}

/** What the parts of a union are; `mayMiss` adds null and undefined. */
function union(shape: Shape, loose: boolean, mayMiss = false): string[] {
  // Of a place where only null was seen the next value may be anything.
  if (shape.any || shape.kinds === 0) return ["any"];
  const { record, dictionary, array, extras, set, map } = shape;
  const parts = [
    ...PRIMITIVES.filter((name) => shape.names.has(name)),
    ...[...shape.names].filter((name) => !PRIMITIVES.includes(name)).sort(),
  ];
  if (record) parts.push(recordText(record, loose));
  if (dictionary) parts.push(`Record<string, ${item(dictionary, loose).join(" | ")}>`);
  if (array) {
    const items = `${grouped(item(array, loose))}[]`;
    parts.push(extras ? `(${items} & ${recordText(extras, loose)})` : items);
  }
  if (set) parts.push(`Set<${item(set, loose).join(" | ")}>`);
  if (map) parts.push(`Map<${typeText(map.key)}, ${item(map.value, loose).join(" | ")}>`);
  if (parts.includes("any")) return ["any"];
  if (shape.null || mayMiss) parts.push("null");
  if (shape.undefined || mayMiss) parts.push("undefined");
  return parts;
}

/** An unseen row is a row like the others; of an unseen plain value nothing is known. */
function item(shape: Shape, loose: boolean): string[] {
  const isLoose = loose || shape.partial;
  return union(shape, isLoose, isLoose && shape.names.size > 0);
}

/** What a record has; in a table not wholly seen each of it may also be null or missing. */
function recordText({ columns, count }: RecordShape, loose: boolean): string {
  if (columns.length === 0) return "any";
  const members = columns.map((column) => {
    const name = memberName(column.name);
    const isOptional = column.count < count;
    // A record without it has what all objects have by that name: `toString`.
    if (isOptional && column.name in Object.prototype) return `${name}?: any`;
    const type = union(column.shape, loose || column.shape.partial, loose).join(" | ");
    return `${name}${isOptional ? "?" : ""}: ${type}`;
  });
  return `{ ${members.join("; ")} }`;
}

function grouped(parts: readonly string[]): string {
  const text = parts.join(" | ");
  return parts.length === 1 ? text : `(${text})`;
}
