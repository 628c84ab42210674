import { randomLogNormal, randomPoisson } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { InputError } from "../../kernel/extension/index.js";
import { type CampaignRecord, type FunnelLog, type Role, SCHEMA } from "./schema.js";

const HOUR = 3_600_000;
const START = Date.UTC(2025, 2, 3);

interface Campaign {
  name: string;
  /** Impressions an hour of each segment and creative, at an average hour. */
  reach: number;
  /** Factors on the rates and the price. */
  ctr: number;
  cvr: number;
  cpc: number;
  /** Creatives with the week each first runs. */
  creatives: readonly { name: string; from: number; appeal: number }[];
}

const CAMPAIGNS: readonly Campaign[] = [
  {
    name: "spring-sale",
    reach: 1600,
    ctr: 1,
    cvr: 1,
    cpc: 1,
    creatives: [
      { name: "blossom", from: 0, appeal: 1.15 },
      { name: "countdown", from: 2, appeal: 1 },
    ],
  },
  {
    name: "brand",
    reach: 2000,
    ctr: 0.6,
    cvr: 0.55,
    cpc: 0.7,
    creatives: [
      { name: "film", from: 0, appeal: 1 },
      { name: "poster", from: 0, appeal: 0.75 },
    ],
  },
  {
    name: "comeback",
    reach: 700,
    ctr: 1.7,
    cvr: 1.6,
    cpc: 1.3,
    creatives: [
      { name: "reminder", from: 0, appeal: 1 },
      { name: "voucher", from: 1, appeal: 1.2 },
    ],
  },
];

/** Students click and do not buy; professionals see much and click little; families do both. */
const SEGMENTS = [
  { name: "students", reach: 1.1, ctr: 0.034, cvr: 0.035, evening: 1.5 },
  { name: "families", reach: 1, ctr: 0.027, cvr: 0.085, evening: 1.2 },
  { name: "professionals", reach: 1.2, ctr: 0.014, cvr: 0.09, evening: 0.8 },
] as const;

/** Something unusual that the generator put into the log, for a detector to find. */
export interface PlantedAnomaly {
  /** The hourly metric, over all records or over `campaign`, in which it shows. */
  metric: "impressions" | "ctr" | "cvr" | "cpc";
  campaign?: string;
  /** First hour and last hour. */
  from: Date;
  to: Date;
  /** What happened, in words. */
  what: string;
  /** The metric is this many times what it would have been. */
  factor: number;
}

/** A generated log and what was planted in it. */
export interface GeneratedLog extends FunnelLog {
  planted: PlantedAnomaly[];
}

export interface GenerateOptions {
  /** Whole number; the same seed gives the same log on every machine. Default 7. */
  seed?: number;
}

const WEEKS = 6;

/**
 * A campaign log of six weeks by the hour: 3 campaigns, 3 segments, 2 creatives each.
 *
 * Traffic follows the hour and the weekday, a creative loses two fifths of its click rate in three weeks,
 * segments are weak at different stages, and four anomalies are planted in weeks 3 to 6. Counts are
 * Poisson; cost is in units of currency, a whole number of millionths.
 *
 * @throws {InputError} for a seed that is not a whole number.
 */
export function generateCampaignLog({ seed = 7 }: GenerateOptions = {}): GeneratedLog {
  if (!Number.isSafeInteger(seed)) {
    throw new InputError(`seed is a whole number, not ${JSON.stringify(seed)}`);
  }
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const poisson = randomPoisson.source(uniform);
  const wobble = randomLogNormal.source(uniform)(0, 0.06);
  const planted = plant((from, to) => uniformInt(generator, from, to));
  const records: CampaignRecord[] = [];
  for (let hour = 0; hour < WEEKS * 168; hour++) {
    const time = new Date(START + hour * HOUR);
    // One wobble an hour for everybody: the market, which no campaign escapes.
    const market = wobble();
    for (const campaign of CAMPAIGNS) {
      const factor = factorsAt(planted, time, campaign.name);
      for (const segment of SEGMENTS) {
        const shown = campaign.reach * segment.reach * traffic(hour, segment.evening) * market;
        for (const creative of campaign.creatives) {
          if (hour < creative.from * 168) continue;
          const age = hour - creative.from * 168;
          const appeal = creative.appeal * (0.35 + 0.65 * Math.exp(-age / 500));
          const impressions = poisson(shown * factor.impressions)();
          const ctr = Math.min(1, segment.ctr * campaign.ctr * appeal * factor.ctr);
          const clicks = Math.min(impressions, poisson(impressions * ctr)());
          const cvr = segment.cvr * campaign.cvr * factor.cvr;
          const conversions = Math.min(clicks, poisson(clicks * cvr)());
          const micros = Math.round(clicks * 420_000 * campaign.cpc * wobble() * factor.cpc);
          records.push({
            time,
            campaign: campaign.name,
            segment: segment.name,
            creative: creative.name,
            impressions,
            clicks,
            conversions,
            cost: micros / 1e6,
          });
        }
      }
    }
  }
  return {
    kind: "funnel",
    file: null,
    rows: records.length,
    from: new Date(START),
    to: new Date(START + (WEEKS * 168 - 1) * HOUR),
    zone: "+00:00",
    understood: (Object.keys(records[0] ?? {}) as Role[]).map((role) => ({
      column: role,
      as: role,
      doc: SCHEMA[role].doc,
    })),
    ignored: [],
    rowIsImpression: false,
    records,
    planted,
  };
}

/** Four anomalies, one in each of weeks 3 to 6, in the daytime, the order fixed and the hour drawn. */
function plant(between: (from: number, to: number) => number): PlantedAnomaly[] {
  const kinds = [
    {
      metric: "impressions",
      factor: 0.05,
      hours: 5,
      what: "the daily budget ran out and hardly anything was shown",
    },
    {
      metric: "ctr",
      factor: 3.5,
      hours: 3,
      campaign: "spring-sale",
      what: "bots clicked the adverts",
    },
    { metric: "cvr", factor: 0, hours: 8, what: "the conversion tag was broken" },
    {
      metric: "cpc",
      factor: 2.2,
      hours: 6,
      what: "a rival outbid the campaigns and every click cost double",
    },
  ] as const;
  return kinds.map(({ hours, ...kind }, i) => {
    const first = (i + 2) * 168 + between(1, 5) * 24 + between(10, 14);
    const from = new Date(START + first * HOUR);
    return { ...kind, from, to: new Date(from.getTime() + (hours - 1) * HOUR) };
  });
}

function factorsAt(planted: readonly PlantedAnomaly[], time: Date, campaign: string) {
  const factors = { impressions: 1, ctr: 1, cvr: 1, cpc: 1 };
  for (const { metric, campaign: only, from, to, factor } of planted) {
    if (time >= from && time <= to && (only ?? campaign) === campaign) factors[metric] = factor;
  }
  return factors;
}

/** Share of the average traffic in an hour since Monday midnight; around 1. */
function traffic(hour: number, evening: number): number {
  const day = 1 + 0.55 * Math.cos(((hour % 24) - 14) * (Math.PI / 12));
  const late = 1 + 0.25 * evening * Math.cos(((hour % 24) - 20) * (Math.PI / 6));
  const weekday = [1, 1.02, 1.03, 1.02, 0.98, 0.9, 0.86][Math.floor(hour / 24) % 7] as number;
  return day * late * weekday;
}
