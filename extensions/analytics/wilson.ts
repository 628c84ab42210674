/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % Wilson score interval of a proportion, as shares from 0 to 1.
 *
 * Null when nothing was tried or more succeeded than were tried: then there is no proportion.
 * Wilson, Probable inference, the law of succession, and statistical inference (1927).
 */
export function wilson(successes: number, trials: number): [low: number, high: number] | null {
  if (trials <= 0 || successes > trials) return null;
  const share = successes / trials;
  const z2 = (Z * Z) / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share) + z2 / 4) / trials);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
