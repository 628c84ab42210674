import type { Suggestions } from "./check/suggestions.js";
import type { Completions } from "./complete.js";

/** What types suggest, and what values do where a type says nothing: names may be known to either. */
export function joinCompletions(
  byValue: Completions,
  byType: Suggestions | undefined,
): Completions {
  if (!byType || byType.found.length === 0) return byValue;
  const { start, end, anyName, found } = byType;
  const known = new Set(found.map(({ text }) => text));
  const more = anyName ? byValue.types.filter(({ text }) => !known.has(text)) : [];
  const types = [...found, ...more].map((one) => ({ ...one, start, end }));
  return { matches: types.map(({ text }) => text), start, end, types };
}
