import { isMainThread } from "node:worker_threads";
import type { Program } from "acorn";
import { expectShallow } from "./depth.js";
import { erase } from "./erase.js";
import { parseJavaScript } from "./javascript.js";
import { lower } from "./lower.js";
import { originalPlace, type Place } from "./original-place.js";
import { type CellScope, readScope } from "./scope.js";
import { CellSyntaxError } from "./syntax-error.js";

/** A cell as JavaScript. */
export interface Parsed {
  code: string;
  program: Program;
  scope: CellScope;
  /** From `code` to what was parsed; undefined when every place is the same in both. */
  map?: string;
}

/**
 * Plain JavaScript is taken as it is, and types are erased where nothing else is TypeScript's; what
 * must be compiled (enums, decorators, `using`) goes through esbuild, and so does what is wrong, to
 * be told why.
 *
 * @throws CellSyntaxError
 */
export async function parse(text: string): Promise<Parsed> {
  return parseInPlace(text) ?? compile(text);
}

/** A cell whose places are all as typed; undefined when only the compiler can tell what it is. */
export function parseInPlace(text: string): Parsed | undefined {
  expectShallow(text);
  // An interrupt, which reaches the main thread alone, would leave it without traces.
  if (isMainThread) return attempt(text);
  const { stackTraceLimit } = Error;
  // The parsers try what may fail, and a trace takes longer to make than a short cell to read.
  Error.stackTraceLimit = 0;
  try {
    return attempt(text);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Words after which plain JavaScript is not worth a try; a wrong guess costs a tenth of a millisecond. */
const TYPED =
  /[\w)\]?]\s*:\s*(?:string|number|boolean|any|unknown|void|[A-Z])|\b(?:interface|type|as|satisfies)\s/;

function attempt(text: string): Parsed | undefined {
  const plain = TYPED.test(text) ? undefined : read(text);
  if (plain && !plain.scope.ambiguous && !plain.scope.disposes) return plain;
  const erased = erase(text);
  const typed = erased === undefined ? undefined : read(erased);
  return typed?.scope.disposes ? undefined : typed;
}

async function compile(text: string): Promise<Parsed> {
  const { code, map } = await lower(text, "kept");
  try {
    const program = parseJavaScript(code);
    return { code, program, scope: readScope(program), map };
  } catch (error) {
    const { message, loc } = error as Error & { loc: Place };
    const place = originalPlace(map, { line: loc.line, column: loc.column + 1 });
    const { line, column } = place ?? { line: 1, column: 1 };
    throw new CellSyntaxError(message.replace(/ \(\d+:\d+\)$/, ""), line, column);
  }
}

function read(code: string): Parsed | undefined {
  try {
    const program = parseJavaScript(code);
    return { code, program, scope: readScope(program) };
  } catch {
    return undefined;
  }
}
