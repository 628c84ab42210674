/** Those whose text begins with the prefix, or, if there is none, begins with it in another case. */
export function matching<T>(
  candidates: readonly T[],
  prefix: string,
  textOf: (candidate: T) => string,
): T[] {
  const exact = candidates.filter((one) => textOf(one).startsWith(prefix));
  if (exact.length > 0) return exact;
  const lower = prefix.toLowerCase();
  return candidates.filter((one) => textOf(one).toLowerCase().startsWith(lower));
}
