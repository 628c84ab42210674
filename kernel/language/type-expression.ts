import { parseTypeScript } from "./erase.js";

/** Longer ones would cost more than they tell. */
const LONGEST = 20_000;
const REMEMBERED = 200;
const known = new Map<string, boolean>();

/** Whether a text is a TypeScript type that may stand wherever one is expected, as in `(type)[]`. */
export function isTypeExpression(text: unknown): text is string {
  if (typeof text !== "string" || text.length > LONGEST) return false;
  let is = known.get(text);
  if (is === undefined) {
    is = reads(text);
    if (known.size === REMEMBERED) known.clear();
    known.set(text, is);
  }
  return is;
}

function reads(text: string): boolean {
  // A comment could hide what follows the type.
  if (/\/[/*]/.test(text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""'))) return false;
  const program = parseTypeScript(`type T = (${text}\n);`) as
    | { body: { type: string }[] }
    | undefined;
  return program?.body.length === 1 && program.body[0]?.type === "TSTypeAliasDeclaration";
}
