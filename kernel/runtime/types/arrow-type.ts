import { types } from "node:util";
import { prototypes, seen } from "../own-data.js";
import { memberName } from "./member-name.js";
import type { TypeBounds } from "./type-bounds.js";

const ARROW = 'import("apache-arrow")';
const NAMES = new Map([
  [1, "Null"],
  [4, "Binary"],
  [5, "Utf8"],
  [6, "Bool"],
  [7, "Decimal"],
  [15, "FixedSizeBinary"],
  [19, "LargeBinary"],
  [20, "LargeUtf8"],
  [23, "BinaryView"],
  [24, "Utf8View"],
]);
/** The class of each unit (or precision, or mode) of a kind of type. */
const UNITS = new Map<number, readonly [property: string, names: readonly string[]]>([
  [3, ["precision", ["Float16", "Float32", "Float64"]]],
  [8, ["unit", ["DateDay", "DateMillisecond"]]],
  [9, ["unit", ["TimeSecond", "TimeMillisecond", "TimeMicrosecond", "TimeNanosecond"]]],
  [
    10,
    [
      "unit",
      ["TimestampSecond", "TimestampMillisecond", "TimestampMicrosecond", "TimestampNanosecond"],
    ],
  ],
  [11, ["unit", ["IntervalYearMonth", "IntervalDayTime", "IntervalMonthDayNano"]]],
  [14, ["mode", ["SparseUnion", "DenseUnion"]]],
  [
    18,
    [
      "unit",
      ["DurationSecond", "DurationMillisecond", "DurationMicrosecond", "DurationNanosecond"],
    ],
  ],
]);
const LISTS = new Map([
  [12, "List"],
  [16, "FixedSizeList"],
  [21, "LargeList"],
]);
const DEPTH = 6;
/** Columns of a table. */
const MOST = 1_000;

/** The type of an Apache Arrow table, record batch or vector, of whatever copy of the library. */
export function arrowType(value: object, bounds: TypeBounds): string | undefined {
  if (!hasMethod(value, "getChildAt")) return undefined;
  const fields = items(own(own(value, "schema"), "fields"));
  if (fields) {
    const columns = columnsText(fields, bounds, 0);
    if (columns === undefined) return undefined;
    return `${ARROW}.${Array.isArray(own(value, "batches")) ? "Table" : "RecordBatch"}<${columns}>`;
  }
  const type = own(value, "type");
  if (typeof own(type, "typeId") !== "number") return undefined;
  return `${ARROW}.Vector<${dataType(type, bounds, 0)}>`;
}

function columnsText(
  fields: readonly unknown[],
  bounds: TypeBounds,
  depth: number,
): string | undefined {
  const columns = new Map<string, string>();
  for (const field of fields) {
    const name = own(field, "name");
    if (typeof name !== "string" || columns.has(name)) continue;
    // A column that is left out would be an unknown one.
    if (!bounds.look() || !bounds.write(name.length + 40)) return undefined;
    columns.set(name, dataType(own(field, "type"), bounds, depth + 1));
  }
  if (columns.size === 0) return "{}";
  return `{ ${[...columns].map(([name, type]) => `${memberName(name)}: ${type}`).join("; ")} }`;
}

/** `DataType` where it is not known: an `any` inside would fit tables that were declared sharper. */
function dataType(type: unknown, bounds: TypeBounds, depth: number): string {
  return `${ARROW}.${className(type, bounds, depth) ?? "DataType"}`;
}

function className(type: unknown, bounds: TypeBounds, depth: number): string | undefined {
  const id = own(type, "typeId");
  if (typeof id !== "number" || depth > DEPTH) return undefined;
  const inner = (of: unknown) => dataType(of, bounds, depth + 1);
  const children = items(own(type, "children")) ?? [];
  const list = LISTS.get(id);
  if (list !== undefined) return `${list}<${inner(own(children[0], "type"))}>`;
  const units = UNITS.get(id);
  if (units) return units[1][Number(own(type, units[0]))];
  switch (id) {
    case 2:
      return `${own(type, "isSigned") === true ? "Int" : "Uint"}${Number(own(type, "bitWidth"))}`;
    case 13: {
      const columns = columnsText(children, bounds, depth);
      return columns === undefined ? undefined : `Struct<${columns}>`;
    }
    case 17: {
      const [key, item] = items(own(own(children[0], "type"), "children")) ?? [];
      return `Map_<${inner(own(key, "type"))}, ${inner(own(item, "type"))}>`;
    }
    case -1:
      return `Dictionary<${inner(own(type, "dictionary"))}, ${inner(own(type, "indices"))}>`;
    default:
      return NAMES.get(id);
  }
}

function hasMethod(value: object, name: string): boolean {
  for (const owner of prototypes(value)) {
    const method = seen(owner, name);
    if (method !== undefined)
      return typeof method === "object" && typeof method.value === "function";
  }
  return false;
}

/** What an own property holds; undefined where it is none, or a getter would run. */
function own(owner: unknown, name: string): unknown {
  if (typeof owner !== "object" || owner === null || types.isProxy(owner)) return undefined;
  const property = seen(owner, name);
  return typeof property === "object" ? property.value : undefined;
}

function items(value: unknown): unknown[] | undefined {
  if (types.isProxy(value) || !Array.isArray(value) || value.length > MOST) return undefined;
  return Array.from({ length: value.length }, (_, i) => own(value, String(i)));
}
