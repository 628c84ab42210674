/** What the analyzer said about one point, before the point joined its own past. */
export type Verdict = Anomaly | NoAnomaly;

interface Judged {
  metric: string;
  /** 0 for the first point. */
  index: number;
  /** Missing when values came without times. */
  time?: Date;
  /** Null when the point had no value. */
  value: number | null;
  /** Null while warming up. */
  expected: number | null;
  /** Ends of the range in which a value is normal; null while warming up. */
  low: number | null;
  high: number | null;
  /** Robust standard deviations above (below 0: under) what was expected; null while warming up. */
  sigmas: number | null;
  /** The position in the season in words: "14:00", "Wednesday", "position 3 of 12". */
  slot: string;
  /** Points still needed before this position is judged; 0 when it is. */
  needed: number;
}

/** A point that was judged and strayed. */
export interface Anomaly extends Judged {
  value: number;
  expected: number;
  low: number;
  high: number;
  sigmas: number;
  state: "anomaly";
  anomaly: true;
  /** First point of the incident that the anomaly belongs to. */
  since: { index: number; time?: Date };
}

/** A point that was usual, missing or not judged yet. */
export interface NoAnomaly extends Judged {
  state: "warming-up" | "normal" | "missing";
  anomaly: false;
  since: null;
}

/** One sentence: what was seen, what was expected for when, how far off, and since when. */
export function explain(verdict: Verdict): string {
  const { metric, value, expected, low, high, sigmas, slot, state, needed } = verdict;
  const at = moment(verdict);
  if (state === "missing") return `${metric} has no value at ${at}; nothing was learned from it.`;
  const seen = `${metric} was ${short(value)} at ${at}`;
  if (expected === null || low === null || high === null || sigmas === null || value === null) {
    return `${seen}; not judged yet, ${needed} more ${needed === 1 ? "point is" : "points are"} needed.`;
  }
  const usual = `${short(expected)} expected for ${slot} (usual range ${short(low)} to ${short(high)})`;
  if (state === "normal") return `${seen}, in line with the ${usual}.`;
  const far = Math.abs(sigmas) >= 1000 ? "over 1,000" : Math.abs(sigmas).toFixed(1);
  const side = sigmas > 0 ? "above" : "below";
  return `${seen}: ${far} robust sigmas ${side} the ${usual}${lasting(verdict)}.`;
}

function lasting({ since, index, time }: Verdict): string {
  if (since === null || since.index === index) return "";
  return `; abnormal since ${moment(since)}${time === undefined ? ` (${index - since.index + 1} points)` : ""}`;
}

/** "2025-03-05 14:00" (the wall clock of the data, no zone), or "point 12". */
function moment({ time, index }: { time?: Date; index: number }): string {
  return time === undefined ? `point ${index}` : time.toISOString().slice(0, 16).replace("T", " ");
}

const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function short(value: number | null): string {
  return value === null ? "missing" : significant.format(value);
}
