import { inspect, stripVTControlCharacters, types } from "node:util";

/** Characters of text a single output may have. */
const MOST = 100_000;
/** Keys of one plain object that are shown. */
const KEYS = 100;
const DEPTH = 4;
/** Nested items and keys beyond which fewer levels are shown: four levels of 100 are 100 million. */
const ITEMS = 10_000;

/**
 * A value as text, the way Node shows it: getters are not called, at most four levels, fewer where
 * these are large, 100 items and keys of each, 100,000 characters in all, no ANSI codes.
 */
export function plainText(value: unknown): string {
  if (typeof value === "string") {
    return `${inspect(value.slice(0, MOST), { maxStringLength: null })}${more(value.length - MOST)}`.toWellFormed();
  }
  return bounded(stripVTControlCharacters(shown(value, { depth: fitting(value) })));
}

/** A value on one line of at most `width` characters, for a cell of a table or a list. */
export function shortText(value: unknown, width: number): string {
  const text =
    typeof value === "string"
      ? value
      : shown(value, { depth: 1, breakLength: Infinity, maxArrayLength: 20 });
  return cut(visible(stripVTControlCharacters(text.slice(0, 10 * width))), width);
}

/** Text of at most 100,000 characters, with a note where it was longer. */
export function bounded(text: string): string {
  return `${text.slice(0, MOST)}${more(text.length - MOST)}`.toWellFormed();
}

/** What an error says, whatever it is that was thrown. */
export function messageOf(error: unknown): string {
  try {
    return shortText(error instanceof Error ? `${error.name}: ${error.message}` : error, 500);
  } catch {
    return "an error that cannot be shown";
  }
}

/** The first `width` characters, the last of them "…" where some are missing. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text.toWellFormed();
  return `${text.slice(0, width - 1).replace(/[\uD800-\uDBFF]$/, "")}…`.toWellFormed();
}

/** 12,345 in place of 12345. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

function more(characters: number): string {
  return characters > 0 ? `\n… ${grouped(characters)} more characters` : "";
}

/** Control characters as escapes, so that a cell stays on its line. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1));
}

/** Levels to show, so that the whole stays within `ITEMS`. */
function fitting(value: unknown): number {
  let depth = DEPTH;
  while (depth > 0 && itemsOf(value, depth, ITEMS) > ITEMS) depth--;
  return depth;
}

/** Items and keys down to a depth, counted to a little above `most`. */
function itemsOf(value: unknown, depth: number, most: number): number {
  if (depth < 0 || !isPlain(value)) return 1;
  let count = 1;
  for (const [, part] of firsts(value, keysOf(value))) {
    count += itemsOf(part.value, depth - 1, most - count);
    if (count > most) break;
  }
  return count;
}

function shown(
  value: unknown,
  options: { depth: number; breakLength?: number; maxArrayLength?: number },
): string {
  try {
    return inspect(narrowed(value, options.depth), { maxArrayLength: 100, ...options });
  } catch {
    try {
      return inspect(value, { ...options, customInspect: false, showProxy: true });
    } catch (error) {
      return `[${typeof value} that cannot be shown: ${messageOf(error)}]`;
    }
  }
}

/** The value, or, as `inspect` bounds arrays but not objects, a copy without the keys beyond 100. */
function narrowed(value: unknown, depth: number): unknown {
  return hasWide(value, depth, new Set()) ? copy(value, depth, new Map()) : value;
}

function hasWide(value: unknown, depth: number, seen: Set<object>): boolean {
  if (depth < 0 || !isPlain(value) || seen.has(value)) return false;
  seen.add(value);
  const keys = keysOf(value);
  if (keys.length > KEYS) return true;
  return firsts(value, keys).some(([, part]) => hasWide(part.value, depth - 1, seen));
}

function copy(value: unknown, depth: number, copies: Map<object, object>): unknown {
  if (depth < 0 || !isPlain(value)) return value;
  const known = copies.get(value);
  if (known) return known;
  const result = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
  copies.set(value, result);
  const keys = keysOf(value);
  for (const [key, part] of firsts(value, keys)) {
    if ("value" in part) part.value = copy(part.value, depth - 1, copies);
    Object.defineProperty(result, key, part);
  }
  if (Array.isArray(value)) result.length = value.length;
  else if (keys.length > KEYS) {
    const rest = `${grouped(keys.length - KEYS)} more keys`;
    result["…"] = { [inspect.custom]: () => rest };
  }
  return result;
}

function keysOf(value: object): string[] {
  if (!Array.isArray(value)) return Object.keys(value);
  return Array.from({ length: Math.min(value.length, KEYS) }, (_, i) => String(i));
}

function firsts(value: object, keys: readonly string[]): [string, PropertyDescriptor][] {
  return keys.slice(0, KEYS).flatMap((key) => {
    const part = Object.getOwnPropertyDescriptor(value, key);
    return part === undefined ? [] : [[key, part]];
  });
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  // What says itself how it is shown is not taken apart.
  if (inspect.custom in value) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
