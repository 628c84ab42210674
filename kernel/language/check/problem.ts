import type { Diagnostic } from "vscode-languageserver-types";
import type { Kind } from "./declarations.js";
import { hintFor, NO_DECLARATIONS, NOT_AMONG, twoTypes } from "./hint.js";
import { readable } from "./readable.js";

/** A place that a problem refers to: in a cell by its module, else in a file that users may know. */
export interface RelatedPlace {
  message: string;
  module?: number | undefined;
  file?: string;
  line: number;
  column: number;
}

/** What the compiler says of a place in a cell. */
export interface TypeProblem {
  code: number;
  /** The message first; its reasons below, each deeper by two spaces. */
  message: string;
  /** Both from 1; the column in UTF-16 units. */
  line: number;
  column: number;
  /** One past the last column when the place is within one line. */
  endColumn: number | undefined;
  /** An error keeps the cell from running. */
  severity: "error" | "warning";
  /** What mends it, where that can be said in general. */
  hint?: string;
  related: RelatedPlace[];
}

/** A parameter or variable of no type is nothing wrong in a notebook, unless its folder says so. */
const IMPLICIT_ANY = new Set([
  7005, 7006, 7008, 7009, 7010, 7011, 7013, 7017, 7018, 7019, 7020, 7022, 7023, 7024, 7025, 7031,
  7032, 7033, 7034, 7039, 7051, 7055, 7057,
]);
/** What was caught, what is in a `new Set()`. */
const IS_UNKNOWN = new Set([18046, 2571]);
/** An object that began as `{}` and is filled later. */
const OF_EMPTY = /does not exist on type '\{\}'/;
/** Of a name that a shape does not have: property, key, column. */
const UNKNOWN_PROPERTY = new Set([2339, 2551, 2820, 7053]);
const ELEMENT_ACCESS = 7053;
const KNOWN_KEY = /of type '(?:["\d-]|unique symbol)/;

/** Whether a problem is about a property, a key or a column that is not there. */
export function isUnknownProperty({ code, message }: TypeProblem): boolean {
  return UNKNOWN_PROPERTY.has(code) || NOT_AMONG.test(message);
}

/** Of a name that is not there; the compiler may suggest one that is less near than an earlier cell's. */
export const UNKNOWN_NAME = new Set([2304, 2503, 2552, 2833, 18004]);
const USED_BEFORE = 2448;
/** A name whose type depends on itself. */
const CIRCULAR = 7022;
/** A variable that may be anything. */
const NO_TYPE = 7005;
const TO_IMPORT = 2632;
/** What is said of an assignment to a name that the prelude imports, and was declared as this. */
const ASSIGNED: Partial<Record<Kind, [code: number, what: string]>> = {
  const: [2588, "a constant"],
  function: [2630, "a function"],
  class: [2629, "a class"],
  enum: [2628, "an enum"],
  namespace: [2631, "a namespace"],
};

/** Declarations of the language and of this kernel, which tell nobody anything by their place. */
const OWN_FILE =
  /[/\\](?:@typescript[/\\]typescript-[^/\\]+[/\\]lib|dist[/\\]types[/\\](?:extensions|kernel))[/\\]/;

/** What has to be known of a cell to tell what its user should see. */
export interface Context {
  /** Lines of the cell. */
  lines: number;
  noImplicitAny: boolean;
  /** The notebook's. */
  folder: string;
  place: (uri: string) => { module?: number | undefined; file?: string };
  /** Names of earlier cells and of extensions. */
  names: readonly string[];
  /** What declared the name before this cell. */
  before: (name: string) => Kind | undefined;
  /** Whether the cell declares the name. */
  isOwn: (name: string) => boolean;
}

/** A diagnostic of a cell's module as its user should see it; undefined for what is none of his. */
export function toProblem(diagnostic: Diagnostic, context: Context): TypeProblem | undefined {
  const { range, severity, relatedInformation } = diagnostic;
  const { lines, noImplicitAny } = context;
  const { start, end } = range;
  // The first line of the module is the kernel's, and so is what follows the cell.
  if (severity !== 1 || start.line < 1 || start.line > lines) return undefined;
  const said = inTermsOfCells(diagnostic, context);
  if (!said) return undefined;
  const { code, message } = said;
  if (!noImplicitAny && IMPLICIT_ANY.has(code)) return undefined;
  // A key that is known only when the cell runs may be any.
  if (!noImplicitAny && code === ELEMENT_ACCESS && !KNOWN_KEY.test(message)) return undefined;
  const isWarning = !noImplicitAny && isLittleKnown(code, message);
  const hint = twoTypes(textOf(diagnostic)) ?? hintFor(code, message, context.names);
  return {
    code,
    message,
    line: start.line,
    column: start.character + 1,
    endColumn: end.line === start.line ? end.character + 1 : undefined,
    severity: isWarning ? "warning" : "error",
    ...(hint === undefined ? {} : { hint }),
    related: (relatedInformation ?? []).flatMap(({ location, message }): RelatedPlace[] => {
      const where = context.place(location.uri);
      const { line, character } = location.range.start;
      const isCell = where.module !== undefined;
      const isHidden = where.file !== undefined && OWN_FILE.test(where.file);
      if (isCell && line === 0) return [];
      if (isHidden && /\bdeclared here\b/.test(message)) return [];
      const at = { line: isCell ? line : line + 1, column: character + 1 };
      return [{ message: readable(message), ...(isHidden ? {} : where), ...at }];
    }),
  };
}

/** Whether all that is wrong is that nothing was written about a value: a folder may ask for it. */
function isLittleKnown(code: number, message: string): boolean {
  return code === NO_DECLARATIONS || IS_UNKNOWN.has(code) || OF_EMPTY.test(message);
}

function textOf({ message }: Diagnostic): string {
  return typeof message === "string" ? message : message.value;
}

/** The code and message where earlier cells are not modules that this one imports. */
function inTermsOfCells(
  diagnostic: Diagnostic,
  { folder, before, isOwn }: Context,
): { code: number; message: string } | undefined {
  const code = Number(diagnostic.code);
  const message = readable(textOf(diagnostic)).replaceAll(`"${folder}/`, '"./');
  const name = /'([^']+)'/.exec(message)?.[1] ?? "";
  const kind = before(name);
  // Until a cell declares a value anew, its name has the value that it had.
  const hadValue = kind !== undefined && kind !== "type" && isOwn(name);
  if ((code === USED_BEFORE || code === CIRCULAR) && hadValue) return undefined;
  // What has no type in its own cell is told there.
  if (code === NO_TYPE && kind !== undefined && !isOwn(name)) return undefined;
  if (code !== TO_IMPORT || isOwn(name) || kind === undefined) return { code, message };
  if (kind === "let") return undefined;
  const [number, what] = ASSIGNED[kind] ?? [code, "an import"];
  return { code: number, message: message.replace("an import", what) };
}
