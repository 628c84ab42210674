import { readFileSync, statSync } from "node:fs";
import { types } from "node:util";
import { InputError } from "../extension/input-error.js";
import { bold, dim, red } from "./ansi.js";
import { codeFrame } from "./code-frame.js";
import { type StackFrame, stackFrames } from "./stack-frames.js";
import { bounded, cut, shortText } from "./text.js";

/** An error as Jupyter sends it. */
export interface DescribedError {
  ename: string;
  evalue: string;
  /** Lines, coloured with ANSI codes. */
  traceback: string[];
}

/** Errors below one: causes of causes, and members of an AggregateError. */
const DEPTH = 8;
const MEMBERS = 10;
const PROPERTIES = 8;
/** Of a file that is read for the lines around a place in it. */
const MOST_BYTES = 5_000_000;

let sourceOf: (count: number) => string | undefined = () => undefined;

/** Says what was typed in which cell, for the code frames; the kernel calls it once at start. */
export function installCellSource(lookup: (count: number) => string | undefined): void {
  sourceOf = lookup;
}

/**
 * Name, message and traceback of whatever was thrown; never throws itself.
 *
 * The traceback has the message, the error's own properties (`code`, `errno`), the lines around the
 * deepest place in a cell or a file of the user's, the stack without Node's frames, the members of an AggregateError and the
 * causes, indented. An InputError has its message and the one place in a cell.
 */
export function describeError(error: unknown): DescribedError {
  const { ename, evalue } = nameAndMessage(error);
  return { ename, evalue, traceback: report(error, new Set(), DEPTH) };
}

function report(error: unknown, seen: Set<unknown>, depth: number): string[] {
  if (!isError(error)) return [bold(red("Uncaught ")) + nameAndMessage(error).evalue];
  if (seen.has(error)) return [dim(`${nameAndMessage(error).ename} (shown above)`)];
  seen.add(error);
  const { ename, evalue } = nameAndMessage(error);
  const frames = stackFrames(stackOf(error));
  const isInput = error instanceof InputError;
  const place = frames.find(({ cell, file }) => cell || (file && !isInput));
  const lines = `${bold(red(ename))}${evalue === "" ? "" : `: ${evalue}`}`.split("\n");
  lines.push(...properties(error), ...frameOf(place));
  if (isInput) return place ? [...lines, stackLine(place)] : lines;
  lines.push(...frames.map(stackLine));
  if (depth === 0) return lines;
  const below = (title: string, inner: unknown) => {
    const [head = "", ...rest] = report(inner, seen, depth - 1);
    lines.push(`  ${dim(title)}${head}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`)));
  };
  const members = attempt(() => (error as AggregateError).errors);
  if (Array.isArray(members)) {
    for (const [i, member] of members.slice(0, MEMBERS).entries()) below(`[${i}] `, member);
    if (members.length > MEMBERS) lines.push(dim(`  … ${members.length - MEMBERS} more errors`));
  }
  const cause = attempt(() => error.cause);
  if (cause !== undefined) below("Caused by: ", cause);
  return lines;
}

function nameAndMessage(error: unknown): { ename: string; evalue: string } {
  if (isError(error)) {
    const name = attempt(() => error.name);
    const message = attempt(() => error.message);
    return {
      ename: typeof name === "string" && name !== "" ? cut(name, 200) : "Error",
      evalue: typeof message === "string" ? bounded(message) : shortText(message, 200),
    };
  }
  const type = typeof error;
  const maker = attempt(() => (error as object).constructor.name);
  const isNamed = type === "object" && typeof maker === "string" && maker !== "";
  const ename = isNamed ? maker : error === null ? "null" : type;
  return { ename, evalue: typeof error === "string" ? bounded(error) : shortText(error, 1_000) };
}

function frameOf(frame: StackFrame | undefined): string[] {
  const at = frame?.cell ?? frame?.file;
  if (!at) return [];
  const source = "count" in at ? sourceOf(at.count) : textOf(at.path);
  const lines = source === undefined ? [] : codeFrame(source, at.line, at.column);
  return lines.length > 0 ? ["", ...lines, ""] : [];
}

function textOf(path: string): string | undefined {
  return attempt(() => (statSync(path).size > MOST_BYTES ? undefined : readFileSync(path, "utf8")));
}

function stackLine({ name, place }: StackFrame): string {
  // Bold, because JupyterLab draws plain colours too pale for its red background.
  const shown = place.includes("node_modules") ? dim(place) : bold(place);
  if (name === "" || name === "async") return `${dim(`    at ${name}`.trimEnd())} ${shown}`;
  return `${dim("    at ")}${name} (${shown})`;
}

/** What libraries add to an error: `code`, `errno`, `path`. */
function properties(error: object): string[] {
  const known = ["name", "message", "stack", "cause", "errors"];
  const keys = (attempt(() => Object.keys(error)) ?? []).filter((key) => !known.includes(key));
  const facts = keys.slice(0, PROPERTIES).map((key) => {
    const value = attempt(() => Object.getOwnPropertyDescriptor(error, key)?.value as unknown);
    return `${cut(key, 40)}: ${shortText(value, 80)}`;
  });
  return facts.length > 0 ? [dim(`  ${facts.join(", ")}`)] : [];
}

function stackOf(error: Error): string {
  const stack = attempt(() => error.stack);
  if (typeof stack !== "string") return "";
  // A message may look like a stack.
  const message = attempt(() => String(error.message)) ?? "";
  const at = message === "" ? -1 : stack.indexOf(message);
  return at < 0 ? stack : stack.slice(at + message.length);
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || attempt(() => value instanceof Error) === true;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
