import { atomicWrite } from "./atomic-write.js";
import type { Notebook } from "./nbformat.js";
import { literalOf } from "./number-literals.js";

/** Writes a notebook file; it is never seen half-written. */
export function writeNotebook(file: string, notebook: Notebook): void {
  atomicWrite(file, formatNotebook(notebook));
}

/**
 * The notebook as Jupyter saves it, byte for byte: keys sorted, one space of indent, multi-line
 * text as lists of lines, a newline at the end.
 */
export function formatNotebook(notebook: Notebook): string {
  return `${format(notebook, "", [], {}, "")}\n`;
}

type Path = readonly (string | undefined)[];

function format(value: unknown, indent: string, path: Path, holder: object, key: string): string {
  if (typeof value === "number") return literalOf(holder, key, value);
  if (typeof value === "string" && isSplit(path))
    return formatList(splitLines(value), indent, path);
  if (Array.isArray(value)) return formatList(value, indent, path);
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(fields).filter((name) => fields[name] !== undefined);
  const inner = `${indent} `;
  const parts = sortByCodePoint(keys).map((name) => {
    const text = format(fields[name], inner, [...path, name], fields, name);
    return `${inner}${JSON.stringify(name)}: ${text}`;
  });
  return parts.length === 0 ? "{}" : `{\n${parts.join(",\n")}\n${indent}}`;
}

function formatList(list: readonly unknown[], indent: string, path: Path): string {
  if (list.length === 0) return "[]";
  const inner = `${indent} `;
  const below = [...path, undefined];
  const parts = list.map((item, i) => inner + format(item, inner, below, list, String(i)));
  return `[\n${parts.join(",\n")}\n${indent}]`;
}

/** Whether the text at `path` is stored as a list of lines; list positions are undefined. */
function isSplit(path: Path): boolean {
  if (path[0] !== "cells") return false;
  const [, , field, , key, mime] = path;
  if (path.length === 3) return field === "source";
  if (field === "outputs" && path.length === 5) return key === "text";
  if (field === "outputs" && path.length === 6) return key === "data" && isSplitMime(mime);
  return field === "attachments" && path.length === 5 && isSplitMime(key);
}

function isSplitMime(mime = ""): boolean {
  return mime.startsWith("text/") || ["application/javascript", "image/svg+xml"].includes(mime);
}

/** Python's `str.splitlines(keepends=True)`, which is what Jupyter splits with. */
function splitLines(text: string): string[] {
  if (text === "") return [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these too.
  return text.split(/(?<=\r\n|[\n\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n))/);
}

/** Python's order of strings; JavaScript's own differs beyond the basic plane. */
function sortByCodePoint(keys: string[]): string[] {
  if (!keys.some((key) => /[\ud800-\udfff]/.test(key))) return keys.sort();
  return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
