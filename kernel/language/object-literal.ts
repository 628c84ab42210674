import { MagicString } from "magic-string";
import { isSignificant, nesting, tokens } from "./tokens.js";

/**
 * The text with its last `{…}` in parentheses, so that it reads as an object and not as a block.
 *
 * Undefined unless the braces begin a line and nothing but comments follows them.
 */
export function withObjectLiteral(source: string): MagicString | undefined {
  const braces = objectLiteral(source);
  return (
    braces && new MagicString(source).appendLeft(braces.start, ";(").appendRight(braces.end, ")")
  );
}

/** Where such braces stand. */
export function objectLiteral(source: string): { start: number; end: number } | undefined {
  let depth = 0;
  let open = -1;
  let close = -1;
  let lineBegins = true;
  for (const token of tokens(source)) {
    if (token.type === "LineTerminatorSequence") lineBegins = true;
    if (!isSignificant(token)) continue;
    if (depth === 0) open = lineBegins && token.value === "{" ? token.start : -1;
    depth += nesting(token);
    close = token.end;
    lineBegins = false;
  }
  return open < 0 || depth !== 0 ? undefined : { start: open, end: close };
}
