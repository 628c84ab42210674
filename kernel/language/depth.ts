import { CellSyntaxError } from "./syntax-error.js";
import { nesting, tokens } from "./tokens.js";

const MOST = 1_000;

/**
 * Refuses brackets nested deeper than a parser's stack goes: some end the process instead of failing.
 *
 * @throws CellSyntaxError
 */
export function expectShallow(text: string): void {
  if ((text.match(/[([{]/g)?.length ?? 0) <= MOST) return;
  let depth = 0;
  for (const token of tokens(text)) {
    depth += nesting(token);
    if (depth <= MOST) continue;
    const before = text.slice(0, token.start).split("\n");
    const column = (before.at(-1) as string).length + 1;
    throw new CellSyntaxError("brackets are nested over 1,000 deep", before.length, column);
  }
}
