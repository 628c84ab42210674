import { distance } from "fastest-levenshtein";

/**
 * Bad input by the user: one sentence that says what was given, what was allowed and where.
 *
 * The notebook runner treats a cell that ends in one as a wrong command line: it prints the
 * message alone, exits with 2 and writes nothing.
 */
export class InputError extends Error {
  override name = "InputError";
}

/** The allowed name nearest to `given`, or undefined when none is near enough to be a misspelling. */
export function nearest(given: string, allowed: Iterable<string>): string | undefined {
  const key = (text: string) => text.toLowerCase().replace(/[\s_-]/g, "");
  let best: string | undefined;
  // Of a name of one or two letters nearly every other is a misspelling.
  let least = Math.min(given.length, Math.max(2, Math.floor(given.length / 3)) + 1);
  for (const name of allowed) {
    const d = key(given) === key(name) ? 0 : distance(given.toLowerCase(), name.toLowerCase());
    if (d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

/** ` (did you mean "x"?)`, or nothing when no allowed name is near. */
export function didYouMean(given: string, allowed: Iterable<string>): string {
  const name = nearest(given, allowed);
  return name === undefined ? "" : ` (did you mean ${JSON.stringify(name)}?)`;
}
