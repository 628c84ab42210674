/** Equal bins with round limits. */
export interface Bins {
  /** Lower limit of the first bin. */
  start: number;
  /** Width of each bin. */
  step: number;
  count: number;
}

/**
 * At most `most` bins over some numbers, each 1, 2 or 5 times a power of ten wide.
 *
 * Whole numbers get bins of whole numbers.
 */
export function binsOf(numbers: readonly number[], most: number): Bins {
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const greatest = numbers.reduce((a, b) => Math.max(a, b));
  const whole = numbers.every(Number.isInteger);
  const span = greatest - least || Math.abs(least) || 1;
  const power = Number(`1e${Math.floor(Math.log10(span / most))}`);
  const steps = [1, 2, 5, 10, 20].map((times) => times * power);
  const fit = (step: number): Bins => {
    const from = Math.floor(round(least / step));
    const to = whole && step === 1 ? greatest + 1 : Math.ceil(round(greatest / step));
    return { start: round(from * step), step, count: Math.max(1, to - from) };
  };
  const allowed = (whole ? steps.map((step) => Math.max(1, step)) : steps).map(fit);
  return allowed.find(({ count }) => count <= most) ?? (allowed.at(-1) as Bins);
}

/** The bin that a number falls in, from 0; a limit belongs to the bin above, the last to the one below. */
export function binAt(number: number, { start, step, count }: Bins): number {
  return Math.min(count - 1, Math.max(0, Math.floor(round((number - start) / step))));
}

/** The lower limit of a bin. */
export function lowerLimit(bin: number, { start, step }: Bins): number {
  return round(start + bin * step);
}

/** Without the dust of binary fractions. */
function round(number: number): number {
  return Number(number.toPrecision(12));
}
