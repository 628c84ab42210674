/** Significant digits of a number that is no integer. */
const DIGITS = 5;
const DECIMALS = 6;

/** A number on its own, its decimals as in a column but without trailing zeros. */
export function shortNumber(value: number): string {
  const [text = ""] = alignedNumbers([value]);
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * The numbers of a column as text with one number of decimals, so that their points stand below each
 * other: enough for five significant digits of each, at most six, none where all are integers. What
 * these would hide (below .0001) and what is past all proportion (1e15, unless a safe integer) is in
 * scientific notation.
 */
export function alignedNumbers(values: readonly number[]): string[] {
  const decimals = Math.max(0, ...values.filter(isCommon).map(decimalsOf));
  return values.map((value) => {
    if (isCommon(value)) return value.toFixed(decimals);
    const short = Number(value.toPrecision(DIGITS));
    return Number.isFinite(value) ? short.toExponential() : String(value);
  });
}

function isCommon(value: number): boolean {
  const size = Math.abs(value);
  return Number.isSafeInteger(value) || (size >= 1e-4 && size < 1e15);
}

function decimalsOf(value: number): number {
  // Twelve digits take the noise of binary fractions away; money keeps its cents.
  const exact = fraction(Number(value.toPrecision(12)));
  const short = fraction(Number(value.toPrecision(DIGITS)));
  return Math.min(exact, Math.max(2, short), DECIMALS);
}

function fraction(value: number): number {
  return String(value).split(".")[1]?.length ?? 0;
}
