import { MagicString } from "magic-string";
import { editCommands } from "./edit-commands.js";
import { editStatements } from "./edit-statements.js";
import { cellMagic, withoutCellTime } from "./magic.js";
import { cellMagicCall } from "./magic-calls.js";
import { type ReadCell, readCell, readInPlace } from "./read-cell.js";
import { composedMap } from "./source-map.js";
import { endsInSemicolon } from "./tokens.js";

export { CellSyntaxError } from "./syntax-error.js";

/** A cell as V8 can run it. */
export interface RewrittenCell {
  /** JavaScript for a script, or for repl mode; its value, if it has one, is passed to `__retro__.result(value)`. */
  code: string;
  /** A version 3 source map from `code` to the cell as typed; left out where `mapOf` makes it. */
  map?: string;
  /** Waits for something at its top level, so that only repl mode can run it. */
  suspends: boolean;
  /** Names that the cell declares at its top level. */
  declared: string[];
  /** Those of them that its imports bring. */
  imported: string[];
  /** Member chains it touches, from names of other cells and extensions: `vl.line`; at most 200. */
  chains: string[];
}

// Modules are strict, and so is a cell: a misspelt assignment throws instead of making a global.
// Repl mode keeps top-level `var` and functions global and re-declarable in strict code too.
const PROLOGUE = '"use strict";';
/** What `%%time` becomes: the clock stops when the cell has ended. */
const CELL_TIME = "__retro__.time();";

const NOTHING = { declared: [], imported: [], chains: [] };

/** Cells that were run last: a cell is often run again. */
const recent = new Map<string, RewrittenCell>();
const RECENT = 100;
const RECENT_LENGTH = 10_000;

/**
 * Rewrites a cell of TypeScript for `Runtime.evaluate` with `replMode` and `awaitPromise`.
 *
 * Top-level let, const and class become `var`, so that any later cell may declare the name again
 * in any kind; imports become awaited calls of `__retro__.import`; the last expression becomes
 * `__retro__.result(…)` unless a semicolon ends the cell.
 *
 * @throws CellSyntaxError with the place in the cell as typed
 */
export async function rewrite(source: string): Promise<RewrittenCell> {
  const magic = cellMagic(source);
  if (magic) {
    const call = cellMagicCall(source, magic);
    const map = call.generateMap().toString();
    return { code: call.toString(), map, suspends: true, ...NOTHING };
  }
  const known = recent.get(source);
  if (known) return known;
  const timed = withoutCellTime(source);
  const inPlace = readInPlace(timed ?? source);
  const cell = inPlace ?? (await readCell(timed ?? source));
  const { scope } = cell;
  const { code, declared, commands } = edited(cell, source);
  const readOnly = declared.filter(isReadOnlyGlobal);
  code.prepend(
    PROLOGUE + readOnly.map(madeWritable).join("") + (timed === undefined ? "" : CELL_TIME),
  );
  const rewritten = {
    code: code.toString(),
    // Nothing tells later what was read-only before the cell ran.
    ...(inPlace && readOnly.length === 0 ? {} : { map: mapped(code, cell) }),
    suspends: scope.suspends || commands,
    declared,
    imported: cell.program.body.flatMap((statement) =>
      statement.type === "ImportDeclaration"
        ? statement.specifiers.map(({ local }) => local.name)
        : [],
    ),
    chains: [...scope.chains].filter((chain) => !isBuiltIn(chain)),
  };
  // What the compiler wrote helpers for gets its own each time.
  if (inPlace && source.length <= RECENT_LENGTH) remember(source, rewritten);
  return rewritten;
}

/** The map that `rewrite` left out: it is wanted only where something is wrong. */
export function mapOf(source: string): string | undefined {
  if (cellMagic(source)) return undefined;
  const timed = withoutCellTime(source);
  const cell = readInPlace(timed ?? source);
  const prologue = PROLOGUE + (timed === undefined ? "" : CELL_TIME);
  return cell && mapped(edited(cell, source).code.prepend(prologue), cell);
}

function edited(cell: ReadCell, source: string) {
  const code = new MagicString(cell.code);
  const helpers = editStatements(code, cell, source, !endsInSemicolon(cell.text));
  const commands = editCommands(code, cell);
  const declared = [...cell.scope.declared].filter((name) => !helpers.has(name));
  return { code, declared, commands };
}

function mapped(code: MagicString, cell: ReadCell): string {
  const earlier = [cell.map, cell.edit?.generateMap({ hires: "boundary" }).toString()];
  return composedMap(
    code,
    earlier.filter((map) => map !== undefined),
  );
}

function remember(source: string, rewritten: RewrittenCell): void {
  recent.set(source, rewritten);
  const [oldest] = recent.keys();
  if (recent.size > RECENT && oldest !== undefined) recent.delete(oldest);
}

function isBuiltIn(chain: string): boolean {
  const root = chain.split(".", 1)[0] as string;
  // The last is what the compiler's helper for `using` looks for where Node has none.
  return root in globalThis || root === "__retro__" || root === "SuppressedError";
}

/** `crypto` and `navigator` have a getter alone: a `var` of that name could not be assigned. */
function isReadOnlyGlobal(name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  return property?.get !== undefined && property.set === undefined;
}

function madeWritable(name: string): string {
  return `Object.defineProperty(globalThis,${JSON.stringify(name)},{writable:true,configurable:true,enumerable:true});`;
}
