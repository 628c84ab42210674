import { median } from "./median.js";

/** The MAD of normal noise is this share of its standard deviation, inverted. */
const MAD_TO_SIGMA = 1.4826;

/**
 * Robust sigma of residuals. Where most are as good as 0 (rare events), the median says nothing:
 * then the root mean square of all but the largest hundredth.
 */
export function spread(residuals: readonly number[]): number {
  const sizes = new Float64Array(residuals);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(sizes[i] as number);
  sizes.sort();
  const most = Math.max(1, Math.floor(0.99 * sizes.length));
  let squares = 0;
  for (let i = 0; i < most; i++) squares += (sizes[i] as number) * (sizes[i] as number);
  const rms = Math.sqrt(squares / most);
  const sigma = MAD_TO_SIGMA * median(sizes);
  return sigma > 0.005 * rms ? sigma : rms;
}
