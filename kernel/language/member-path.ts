import { isSignificant, type Positioned, tokens } from "./tokens.js";

/** What stands at a cursor. */
export type AtCursor =
  /** A name, or nothing: `Mat|`. */
  | { kind: "name"; start: number; prefix: string }
  /** A member of what `path` names: `a.b.c|` has the path a, b. */
  | { kind: "member"; start: number; prefix: string; path: string[] }
  /** A key in brackets: `a["b|`. */
  | { kind: "key"; start: number; prefix: string; path: string[]; quote: string }
  /** A member of a literal: `"text".le|`; `of` is its class. */
  | { kind: "literal"; start: number; prefix: string; of: string };

/** Reads the text up to a cursor; undefined inside comments and strings, and where none can tell. */
export function readCursor(before: string): AtCursor | undefined {
  const all = [...tokens(before)];
  const last = all.at(-1);
  const code = all.filter(isSignificant);
  if (last && isOpen(last)) {
    const path = code.at(-2)?.value === "[" ? pathEndingAt(code, code.length - 3) : undefined;
    if (last.type !== "StringLiteral" || !path) return undefined;
    const quote = last.value[0] as string;
    return { kind: "key", start: last.start + 1, prefix: last.value.slice(1), path, quote };
  }
  if (last?.type === "NumericLiteral" || last?.type === "PrivateIdentifier") return undefined;
  const word = last?.type === "IdentifierName" ? last : undefined;
  const start = word?.start ?? before.length;
  const prefix = word?.value ?? "";
  const at = code.length - (word ? 2 : 1);
  if (!isDot(code[at])) return { kind: "name", start, prefix };
  const of = literalClass(code[at - 1]);
  if (of !== undefined) return { kind: "literal", start, prefix, of };
  const path = pathEndingAt(code, at - 1);
  return path && { kind: "member", start, prefix, path };
}

/** The static member path of which the token at `end` is the last: `a.b["c"]`. */
export function pathEndingAt(code: readonly Positioned[], end: number): string[] | undefined {
  const path: string[] = [];
  let i = end;
  for (;;) {
    // `a!.b` asserts that a is there.
    if (code[i]?.value === "!" && isDot(code[i + 1])) i--;
    const token = code[i];
    if (token?.type === "IdentifierName") {
      path.unshift(token.value);
      if (!isDot(code[i - 1])) return path;
      i -= 2;
    } else if (token?.value === "]" && code[i - 2]?.value === "[") {
      const key = code[i - 1] as Positioned;
      if (key.type !== "StringLiteral" && key.type !== "NumericLiteral") return undefined;
      path.unshift(key.value.replace(/^['"]|['"]$/g, ""));
      i -= 3;
      if (isDot(code[i])) i--;
    } else return undefined;
  }
}

function isDot(token: Positioned | undefined): boolean {
  return token?.value === "." || token?.value === "?.";
}

/** True for a token that the cursor at its end is still inside of. */
export function isOpen(token: Positioned): boolean {
  if (token.type === "SingleLineComment" || token.type === "HashbangComment") return true;
  return "closed" in token && !token.closed;
}

function literalClass(token: Positioned | undefined): string | undefined {
  switch (token?.type) {
    case "StringLiteral":
    case "NoSubstitutionTemplate":
    case "TemplateTail":
      return "String";
    case "RegularExpressionLiteral":
      return "RegExp";
    default:
      return undefined;
  }
}
