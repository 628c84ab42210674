import type { FunnelRow } from "./funnel.js";

export type Stage = "click" | "conversion";

/** Where a segment lags the others. */
export interface Weakness {
  weakest: Stage | null;
  words: string;
}

/** Standard errors between two rates beyond which the difference is not chance (95 %, two-sided). */
const BEYOND_CHANCE = 1.959963984540054;

/** Compares the rates of one segment with those of all the others together. */
export function describeWeakness(row: FunnelRow, rows: readonly FunnelRow[]): Weakness {
  const { segment, impressions, clicks, conversions } = row;
  if (impressions === 0) {
    return { weakest: null, words: `${segment}: never shown, so it has no rates.` };
  }
  if (rows.length === 1) return { weakest: null, words: alone(row) };
  const others = (of: (row: FunnelRow) => number) =>
    rows.reduce((sum, other) => sum + (other === row ? 0 : of(other)), 0);
  const shown = others((other) => other.impressions);
  const clicked = others((other) => other.clicks);
  const lags: Lag[] = [lag("click", "CTR", clicks, impressions, clicked, shown)];
  if (conversions !== undefined) {
    const converted = others((other) => other.conversions ?? 0);
    lags.push(lag("conversion", "CVR", conversions, clicks, converted, clicked));
  }
  const behind = lags.filter(({ errors }) => errors < -BEYOND_CHANCE);
  const worst = behind.sort((a, b) => a.ratio - b.ratio)[0];
  if (worst === undefined) {
    const tried = conversions === undefined ? "the click" : "the click or the conversion";
    return { weakest: null, words: `${segment}: not behind the others at ${tried}.` };
  }
  return {
    weakest: worst.stage,
    words:
      `${segment}: weakest at the ${worst.stage}, ${worst.rateName} ${percent(worst.own)} ` +
      `against ${percent(worst.theirs)} in the others (${percent(1 - worst.ratio)} lower).`,
  };
}

interface Lag {
  stage: Stage;
  rateName: string;
  own: number;
  theirs: number;
  ratio: number;
  /** Difference in standard errors of a pooled two-proportion test. */
  errors: number;
}

function lag(
  stage: Stage,
  rateName: string,
  k: number,
  n: number,
  otherK: number,
  otherN: number,
): Lag {
  const own = k / n;
  const theirs = otherK / otherN;
  const pooled = (k + otherK) / (n + otherN);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / otherN));
  // An empty stage makes these NaN, which is never beyond chance.
  return { stage, rateName, own, theirs, ratio: own / theirs, errors: (own - theirs) / error };
}

function alone({ segment, impressions, clicks, conversions, ctr, cvr }: FunnelRow): string {
  const clicking = `${segment}: ${count(clicks)} of ${count(impressions)} impressions were clicked (CTR ${percent(ctr)})`;
  if (conversions === undefined) return `${clicking}.`;
  if (clicks === 0) return `${clicking}; without clicks there is no CVR.`;
  return `${clicking}, ${count(conversions)} of the clicks converted (CVR ${percent(cvr ?? null)}).`;
}

const whole = new Intl.NumberFormat("en");
const twoDigits = new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 2 });

function count(value: number): string {
  return whole.format(value);
}

function percent(rate: number | null): string {
  return rate === null ? "unknown" : twoDigits.format(rate).replace("%", " %");
}
