import jsTokens, { type Token } from "js-tokens";

/** A token and where it begins, in UTF-16 units. */
export type Positioned = Token & { start: number; end: number };

/** The tokens of TypeScript text, however broken; the regex-or-division guess is js-tokens's. */
export function* tokens(text: string): Generator<Positioned> {
  let start = 0;
  for (const token of jsTokens(text)) {
    const end = start + token.value.length;
    // A copy would take longer to make than the token.
    yield Object.assign(token, { start, end });
    start = end;
  }
}

/** White space and comments say nothing to a parser. */
export function isSignificant({ type }: Token): boolean {
  return !/Comment$|^WhiteSpace$|^LineTerminatorSequence$/.test(type);
}

/** How a token changes the depth of open brackets; a template's `${` counts as one. */
export function nesting({ type, value }: Token): number {
  if (type === "TemplateHead") return 1;
  if (type === "TemplateTail") return -1;
  if (type !== "Punctuator") return 0;
  return "([{".includes(value) ? 1 : ")]}".includes(value) ? -1 : 0;
}

/** True for text whose last token is a semicolon, comments and white space aside. */
export function endsInSemicolon(text: string): boolean {
  if (!/\/[/*]/.test(text)) return text.trimEnd().endsWith(";");
  let last = "";
  for (const token of jsTokens(text)) if (isSignificant(token)) last = token.value;
  return last === ";";
}
