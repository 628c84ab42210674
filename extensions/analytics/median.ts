/** The value that the share `q` (0 to 1) of the values do not exceed, interpolated; NaN for none. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = new Float64Array(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (at - below);
}

/** The middle value; NaN for none. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
