import { types } from "node:util";
import { className, functionName, isClass, itemCount, prototypes, seen } from "./own-data.js";
import { preview } from "./preview.js";

/** What is known of a value, as plain data that another thread can receive. */
export interface SnapshotEntry {
  /** `number`, `number[3]`, `Map(2)`, `class Model`, `function`, `Model`, `object`, `module`. */
  type: string;
  /** The value as a short text, at most three levels deep. */
  preview: string;
  /** Own properties; null where a getter would have to run or a bound was met. */
  members?: Record<string, SnapshotEntry | null>;
  /** What its classes give it, the nearest class first. */
  inherited?: Record<string, SnapshotEntry | null>;
  /** The built-in class whose prototype gives it the rest: `Array`. */
  builtin?: string;
  /** Of a function: how many parameters it says it has. */
  arity?: number;
  /** Of a function: its source, at most 10 kB. */
  source?: string;
}

interface Bounds {
  keys: number;
  /** Characters of source, all functions together. */
  text: number;
  until: number;
}

const LEVELS = 2;
const SOURCE = 10_000;
const builtins = new Map<object, string>();
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const value = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
  const prototype = typeof value === "function" ? value.prototype : undefined;
  if (typeof prototype === "object" && prototype !== null) builtins.set(prototype, name);
}

/**
 * Describes a value two levels deep for completion and inspection.
 *
 * Never calls a getter or a proxy's trap; stops after 500 keys or 20 ms.
 */
export function describe(value: unknown): SnapshotEntry {
  return entry(value, 0, { keys: 500, text: 100_000, until: performance.now() + 20 });
}

function entry(value: unknown, level: number, bounds: Bounds): SnapshotEntry {
  const result: SnapshotEntry = { type: typeOf(value), preview: level < 2 ? preview(value) : "" };
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isObject) {
    if (value !== null && value !== undefined) result.builtin = Object(value).constructor.name;
    return result;
  }
  if (types.isProxy(value)) return result;
  if (typeof value === "function") {
    const length = seen(value, "length");
    if (typeof length === "object") result.arity = Number(length.value);
    const source = Function.prototype.toString.call(value).slice(0, level === 0 ? SOURCE : 1_000);
    bounds.text -= source.length;
    if (bounds.text > 0) result.source = source;
  }
  if (level >= LEVELS) return result;
  result.members = properties(value, level, bounds);
  for (const owner of prototypes(value)) {
    const builtin = builtins.get(owner);
    if (builtin !== undefined) {
      result.builtin = builtin;
      break;
    }
    result.inherited = { ...properties(owner, LEVELS - 1, bounds), ...result.inherited };
  }
  return result;
}

function properties(
  owner: object,
  level: number,
  bounds: Bounds,
): Record<string, SnapshotEntry | null> {
  const result: Record<string, SnapshotEntry | null> = {};
  // The items of an array are counted, not listed.
  if (itemCount(owner) !== undefined) return result;
  const hidden =
    typeof owner === "function" ? /^(length|name|prototype|arguments|caller)$/ : /^constructor$/;
  for (const key of Object.getOwnPropertyNames(owner)) {
    if (hidden.test(key)) continue;
    if (bounds.keys-- <= 0 || performance.now() > bounds.until) break;
    const property = seen(owner, key);
    const value = typeof property === "object" ? entry(property.value, level + 1, bounds) : null;
    Object.defineProperty(result, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return types.isProxy(value) ? "Proxy" : functionType(value);
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "Proxy";
  if (types.isModuleNamespaceObject(value)) return "module";
  const count = itemCount(value);
  const name = className(value) ?? "object";
  if (Array.isArray(value)) return `${itemType(value)}[${count}]`;
  return count === undefined ? name : `${name}(${count})`;
}

function functionType(value: object): string {
  if (isClass(value)) return `class ${functionName(value)}`.trim();
  return types.isAsyncFunction(value) ? "async function" : "function";
}

/** `number`, `(number | string)`: of the first 100 items. */
function itemType(items: readonly unknown[]): string {
  const found = new Set<string>();
  for (let i = 0; i < Math.min(items.length, 100); i++) {
    const item = seen(items, i);
    const value = typeof item === "object" ? item.value : undefined;
    const isPlain = typeof value !== "object" || value === null || types.isProxy(value);
    found.add(isPlain ? (value === null ? "null" : typeof value) : (className(value) ?? "object"));
  }
  if (found.size === 0) return "unknown";
  if (found.size > 3) return "mixed";
  return found.size === 1 ? ([...found][0] as string) : `(${[...found].join(" | ")})`;
}
