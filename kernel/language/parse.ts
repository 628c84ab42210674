import { type Program, parse as parseJavaScript } from "acorn";
import { expectShallow } from "./depth.js";
import { lower } from "./lower.js";
import { originalPlace, type Place } from "./original-place.js";
import { type CellScope, readScope } from "./scope.js";
import { CellSyntaxError } from "./syntax-error.js";

/** A cell as JavaScript. */
export interface Parsed {
  code: string;
  program: Program;
  scope: CellScope;
  /** From `code` to what was parsed; undefined when they are the same text. */
  map?: string;
}

/** Starts what a first TypeScript cell would otherwise wait for. */
export async function prewarm(): Promise<void> {
  await lower("let ready: true", "kept");
}

/**
 * Plain JavaScript is taken as it is; all else goes through esbuild, which strips types and lowers
 * what Node 20 lacks (`using`, decorators).
 *
 * @throws CellSyntaxError
 */
export async function parse(text: string): Promise<Parsed> {
  expectShallow(text);
  try {
    const program = acorn(text);
    const scope = readScope(program);
    if (!scope.unclear) return { code: text, program, scope };
  } catch {
    // Not JavaScript; esbuild says whether it is TypeScript.
  }
  const { code, map } = await lower(text, "kept");
  try {
    const program = acorn(code);
    return { code, program, scope: readScope(program), map };
  } catch (error) {
    const { message, loc } = error as Error & { loc: Place };
    const place = originalPlace(map, { line: loc.line, column: loc.column + 1 });
    const { line, column } = place ?? { line: 1, column: 1 };
    throw new CellSyntaxError(message.replace(/ \(\d+:\d+\)$/, ""), line, column);
  }
}

function acorn(text: string): Program {
  return parseJavaScript(text, {
    ecmaVersion: "latest",
    sourceType: "module",
    allowAwaitOutsideFunction: true,
  });
}
