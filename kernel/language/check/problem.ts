import type { Diagnostic } from "vscode-languageserver-types";
import { nearest } from "../../extension/input-error.js";
import type { Kind } from "./declarations.js";
import { readable } from "./readable.js";

/** A place that a problem refers to: in a cell by its module, else in a file. */
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
const NO_DECLARATIONS = 7016;
/** What was caught, what is in a `new Set()`. */
const IS_UNKNOWN = new Set([18046, 2571]);
/** An object that began as `{}` and is filled later. */
const OF_EMPTY = /does not exist on type '\{\}'/;
const NO_MODULE = new Set([2307, 2792]);
/** Without a suggestion of the compiler's own. */
const NO_PROPERTY = new Set([2339, 7053]);
/** Of a name that a shape does not have: property, key, column. */
const UNKNOWN_PROPERTY = new Set([2339, 2551, 2820, 7053]);
/** A text that is none of those allowed, as a column that a table lacks. */
const NOT_AMONG =
  /^(?:Type|Argument of type) '"[^"]*"' is not assignable to (?:parameter of )?type '"/;
const ELEMENT_ACCESS = 7053;
const KNOWN_KEY = /of type '(?:["\d-]|unique symbol)/;

/** Whether a problem is about a property, a key or a column that is not there. */
export function isUnknownProperty({ code, message }: TypeProblem): boolean {
  return UNKNOWN_PROPERTY.has(code) || NOT_AMONG.test(message);
}

/** Of a name that is not there, with what it may have meant and without. */
export const UNKNOWN_NAME = new Set([2304, 2503, 2552, 2833, 18004]);
const USED_BEFORE = 2448;
/** A name whose type depends on itself. */
const CIRCULAR = 7022;
const TO_IMPORT = 2632;
/** What is said of an assignment to a name that the prelude imports, and was declared as this. */
const ASSIGNED: Partial<Record<Kind, [code: number, what: string]>> = {
  const: [2588, "a constant"],
  function: [2630, "a function"],
  class: [2629, "a class"],
  enum: [2628, "an enum"],
  namespace: [2631, "a namespace"],
};

/** What has to be known of a cell to tell what its user should see. */
export interface Context {
  /** Lines of the cell. */
  lines: number;
  noImplicitAny: boolean;
  /** The notebook's. */
  folder: string;
  place: (uri: string) => { module?: number | undefined; file?: string };
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
  const hint = hintFor(code, message);
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
      if (isCell && line === 0) return [];
      const shift = isCell ? 0 : 1;
      return [{ message: readable(message), ...where, line: line + shift, column: character + 1 }];
    }),
  };
}

/** Whether all that is wrong is that nothing was written about a value: a folder may ask for it. */
function isLittleKnown(code: number, message: string): boolean {
  return (
    code === NO_DECLARATIONS ||
    IS_UNKNOWN.has(code) ||
    (NO_PROPERTY.has(code) && OF_EMPTY.test(message))
  );
}

/** The code and message where earlier cells are not modules that this one imports. */
function inTermsOfCells(
  diagnostic: Diagnostic,
  { folder, before, isOwn }: Context,
): { code: number; message: string } | undefined {
  const code = Number(diagnostic.code);
  const text = diagnostic.message;
  const message = readable(typeof text === "string" ? text : text.value).replaceAll(
    `"${folder}/`,
    '"./',
  );
  const name = /'([^']+)'/.exec(message)?.[1] ?? "";
  const kind = before(name);
  // Until a cell declares a value anew, its name has the value that it had.
  const hadValue = kind !== undefined && kind !== "type" && isOwn(name);
  if ((code === USED_BEFORE || code === CIRCULAR) && hadValue) return undefined;
  if (code !== TO_IMPORT || isOwn(name) || kind === undefined) return { code, message };
  if (kind === "let") return undefined;
  const [number, what] = ASSIGNED[kind] ?? [code, "an import"];
  return { code: number, message: message.replace("an import", what) };
}

function hintFor(code: number, message: string): string | undefined {
  if (/Did you mean/.test(message)) return undefined;
  const given = /^[^']*'"?([^'"]+)"?'/.exec(message)?.[1] ?? "";
  if (NO_PROPERTY.has(code)) return suggestion(given, keysIn(message));
  if (NOT_AMONG.test(message)) return suggestion(given, textsIn(message));
  const specifier = /['"]([^'"]+)['"]/.exec(message)?.[1];
  if (specifier === undefined || /^[./]/.test(specifier)) return undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (NO_MODULE.has(code)) return `to install it: %install ${name}`;
  if (code !== NO_DECLARATIONS) return undefined;
  return `its types, if there are any: %install @types/${name.replace(/^@/, "").replace("/", "__")}`;
}

function suggestion(given: string, allowed: Iterable<string>): string | undefined {
  const name = nearest(given, allowed);
  return name === undefined || name === given ? undefined : `Did you mean '${name}'?`;
}

/** The keys of the object types that a message shows. */
function keysIn(message: string): string[] {
  return [...message.matchAll(/[{;] (?:readonly )?["']?([^"':;?{}]+?)["']?\??: /g)].map(
    ([, key]) => key as string,
  );
}

/** The texts that a message names, but for the one that was given. */
function textsIn(message: string): string[] {
  return [...message.matchAll(/"([^"]*)"/g)].slice(1).map(([, text]) => text as string);
}
