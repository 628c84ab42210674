import type { Diagnostic } from "vscode-languageserver-types";

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
  7005, 7006, 7008, 7009, 7010, 7011, 7013, 7018, 7019, 7020, 7022, 7023, 7024, 7025, 7031, 7032,
  7033, 7034,
]);
const NO_DECLARATIONS = 7016;
const NO_MODULE = new Set([2307, 2792]);
/** Of a name that a shape does not have: property, key, column. */
export const UNKNOWN_PROPERTY = new Set([2339, 2551, 2820, 7053]);

/** A diagnostic of a cell's module as its user should see it; undefined for what is none of his. */
export function toProblem(
  { code, message, range, severity, relatedInformation }: Diagnostic,
  lines: number,
  noImplicitAny: boolean,
  place: (uri: string) => { module?: number | undefined; file?: string },
): TypeProblem | undefined {
  const { start, end } = range;
  // The first line of the module is the kernel's, and so is what follows the cell.
  if (severity !== 1 || start.line < 1 || start.line > lines) return undefined;
  const number = Number(code);
  const text = typeof message === "string" ? message : message.value;
  if (!noImplicitAny && IMPLICIT_ANY.has(number)) return undefined;
  const isWarning = number === NO_DECLARATIONS && !noImplicitAny;
  const hint = hintFor(number, text);
  return {
    code: number === 2632 ? 2588 : number,
    message: number === 2632 ? text.replace("it is an import", "it is a constant") : text,
    line: start.line,
    column: start.character + 1,
    endColumn: end.line === start.line ? end.character + 1 : undefined,
    severity: isWarning ? "warning" : "error",
    ...(hint === undefined ? {} : { hint }),
    related: (relatedInformation ?? []).map(({ location, message }) => {
      const where = place(location.uri);
      const { line, character } = location.range.start;
      const shift = where.module === undefined ? 1 : 0;
      return { message, ...where, line: line + shift, column: character + 1 };
    }),
  };
}

function hintFor(code: number, message: string): string | undefined {
  const specifier = /['"]([^'"]+)['"]/.exec(message)?.[1];
  if (specifier === undefined || /^[./]/.test(specifier)) return undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (NO_MODULE.has(code)) return `to install it: %install ${name}`;
  if (code !== NO_DECLARATIONS) return undefined;
  return `its types, if there are any: %install @types/${name.replace(/^@/, "").replace("/", "__")}`;
}
