import { didYouMean, InputError } from "../../kernel/extension/index.js";
import { describeWeakness, type Stage } from "./weakness.js";
import { wilson } from "./wilson.js";

/** Counts of one hour, day, advert or whatever a record stands for; money in units of currency. */
export interface FunnelRecord {
  impressions: number;
  clicks: number;
  conversions?: number | undefined;
  cost?: number | undefined;
  revenue?: number | undefined;
}

/** The funnel of one segment. Rates are shares from 0 to 1, null where they have no meaning. */
export interface FunnelRow {
  /** Values of the `by` columns joined with " · ", or "all". */
  segment: string;
  impressions: number;
  clicks: number;
  conversions?: number;
  /** Clicks an impression, with its 95 % Wilson interval. */
  ctr: number | null;
  ctrLow: number | null;
  ctrHigh: number | null;
  /** Conversions a click, with its 95 % Wilson interval. Missing without conversions. */
  cvr?: number | null;
  cvrLow?: number | null;
  cvrHigh?: number | null;
  cost?: number;
  /** Cost a click and cost a conversion. */
  cpc?: number | null;
  cpa?: number | null;
  revenue?: number;
  /** (revenue - cost) / cost. */
  roi?: number | null;
  /** The stage that lags the other segments most, beyond chance; null when none does. */
  weakest: Stage | null;
  /** The same in one sentence. */
  words: string;
}

const COUNTS = ["impressions", "clicks", "conversions"] as const;
const MONEY = ["cost", "revenue"] as const;
type Measure = (typeof COUNTS)[number] | (typeof MONEY)[number];
type Totals = Record<Measure, number | undefined>;

/**
 * Impressions, clicks and conversions with their rates, one row for each value of `by`.
 *
 * An empty stage gives a rate of null, never NaN or Infinity. Each row names the stage at which it
 * lags the other segments together, if the difference is beyond chance.
 *
 * @throws {InputError} naming the record, for a count that is not a whole number from 0, clicks
 * above impressions, money that is not finite, and a `by` that is no column.
 * @example funnel(log.records, { by: "segment" })
 */
export function funnel<R extends FunnelRecord>(
  records: readonly R[],
  options: { by?: (keyof R & string) | readonly (keyof R & string)[] } = {},
): FunnelRow[] {
  const by = options.by === undefined ? [] : [options.by].flat();
  const groups = new Map<string, Totals>();
  records.forEach((record, row) => {
    const segment =
      by.length === 0 ? "all" : by.map((name) => label(record, name, row)).join(" · ");
    const totals = groups.get(segment) ?? empty();
    groups.set(segment, totals);
    add(totals, record, row);
  });
  const rows = [...groups].map(([segment, totals]) => rates(segment, totals));
  rows.sort((a, b) => b.impressions - a.impressions || (a.segment < b.segment ? -1 : 1));
  return rows.map((row) => ({ ...row, ...describeWeakness(row, rows) }));
}

function empty(): Totals {
  return { impressions: 0, clicks: 0, conversions: undefined, cost: undefined, revenue: undefined };
}

function label(record: object, name: string, row: number): string {
  const value = (record as Record<string, unknown>)[name];
  if (value !== undefined) return String(value);
  const columns = Object.keys(record);
  throw new InputError(
    `record ${row} has no column ${JSON.stringify(name)}${didYouMean(name, columns)}; ` +
      `it has ${columns.join(", ")}`,
  );
}

function add(totals: Totals, record: FunnelRecord, row: number): void {
  for (const name of COUNTS) {
    const count = record[name];
    if (count === undefined && name === "conversions") continue;
    if (!(Number.isInteger(count) && (count as number) >= 0)) {
      throw new InputError(`record ${row}: ${name} is a whole number from 0, not ${String(count)}`);
    }
    totals[name] = (totals[name] ?? 0) + (count as number);
  }
  if (record.clicks > record.impressions) {
    throw new InputError(
      `record ${row}: ${record.clicks} clicks on ${record.impressions} impressions; ` +
        "nobody clicks what was not shown",
    );
  }
  for (const name of MONEY) {
    const amount = record[name];
    if (amount === undefined) continue;
    if (!Number.isFinite(amount)) {
      throw new InputError(`record ${row}: ${name} is a finite number, not ${String(amount)}`);
    }
    // Millionths as integers: a sum of many prices keeps its last digit, in any order.
    totals[name] = Math.round((totals[name] ?? 0) * 1e6 + Math.round(amount * 1e6)) / 1e6;
  }
}

function rates(segment: string, totals: Totals): FunnelRow {
  const { impressions = 0, clicks = 0, conversions, cost, revenue } = totals;
  const [ctrLow, ctrHigh] = wilson(clicks, impressions) ?? [null, null];
  const row: FunnelRow = {
    segment,
    impressions,
    clicks,
    ...(conversions !== undefined && { conversions }),
    ctr: share(clicks, impressions),
    ctrLow,
    ctrHigh,
    weakest: null,
    words: "",
  };
  if (conversions !== undefined) {
    const [cvrLow, cvrHigh] = wilson(conversions, clicks) ?? [null, null];
    Object.assign(row, { cvr: share(conversions, clicks), cvrLow, cvrHigh });
  }
  if (cost !== undefined) {
    Object.assign(row, { cost, cpc: share(cost, clicks) });
    if (conversions !== undefined) row.cpa = share(cost, conversions);
  }
  if (revenue !== undefined) row.revenue = revenue;
  if (cost !== undefined && revenue !== undefined) row.roi = share(revenue - cost, cost);
  return row;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
