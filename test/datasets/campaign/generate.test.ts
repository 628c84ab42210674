import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { campaign } from "../../../datasets/campaign/campaign.js";
import { generateCampaignLog } from "../../../datasets/campaign/generate.js";
import { funnel } from "../../../extensions/analytics/funnel.js";
import { TimeSeriesAnalyzer } from "../../../extensions/analytics/time-series-analyzer.js";
import { InputError } from "../../../kernel/extension/index.js";

test("the same seed gives the same bytes on every machine", () => {
  const bytesOf = (seed: number) => {
    const { records, planted } = generateCampaignLog({ seed });
    return JSON.stringify([records, planted]);
  };
  const bytes = bytesOf(7);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "bff31eff795de5f2d9cad4eefc13f650e684c3dc194975e67e9a1a767fc7a75e",
  );
  expect(bytesOf(8)).not.toBe(bytes);
});

test("counts and money are what the schema says", () => {
  const { records, rows, from, to } = generateCampaignLog();
  expect(records).toHaveLength(rows);
  expect([from, to]).toEqual([new Date("2025-03-03T00:00Z"), new Date("2025-04-13T23:00Z")]);
  for (const { impressions, clicks, conversions = 0, cost = 0 } of records) {
    if (!(conversions >= 0 && conversions <= clicks && clicks <= impressions)) expect.fail();
    if (Math.round(cost * 1e6) / 1e6 !== cost) expect.fail(`${cost}`);
  }
});

test("each segment is weak where it was made weak", () => {
  const rows = funnel(generateCampaignLog().records, { by: "segment" });
  expect(Object.fromEntries(rows.map(({ segment, weakest }) => [segment, weakest]))).toEqual({
    families: null,
    professionals: "click",
    students: "conversion",
  });
});

test("creatives tire", () => {
  const { records, from } = generateCampaignLog();
  const blossom = records.filter(({ creative }) => creative === "blossom");
  const week = (n: number) =>
    funnel(blossom.filter(({ time }) => Math.floor((+time - +from) / (168 * 3_600_000)) === n))[0];
  expect(week(5)?.ctr).toBeLessThan(0.7 * (week(0)?.ctr ?? 0));
});

test("19 of 20 planted anomalies are found, over five seeds", () => {
  let planted = 0;
  let found = 0;
  for (let seed = 1; seed <= 5; seed++) {
    const log = generateCampaignLog({ seed });
    const hours = new Map<
      number,
      { impressions: number; clicks: number; conversions: number; cost: number }
    >();
    for (const { time, impressions, clicks, conversions = 0, cost = 0 } of log.records) {
      const sum = hours.get(+time) ?? { impressions: 0, clicks: 0, conversions: 0, cost: 0 };
      sum.impressions += impressions;
      sum.clicks += clicks;
      sum.conversions += conversions;
      sum.cost += cost;
      hours.set(+time, sum);
    }
    for (const { metric, from, to } of log.planted) {
      const analyzer = new TimeSeriesAnalyzer(metric);
      let seen = false;
      for (const [time, { impressions, clicks, conversions, cost }] of hours) {
        const value = {
          impressions,
          ctr: clicks / impressions,
          cvr: conversions / clicks,
          cpc: cost / clicks,
        }[metric];
        const { anomaly } = analyzer.update({ time, value });
        if (anomaly && time >= +from && time <= +to) seen = true;
      }
      planted += 1;
      found += Number(seen);
    }
  }
  expect(planted).toBe(20);
  expect(found).toBeGreaterThanOrEqual(19);
});

test("the catalogue loads a generated log, or a file", async () => {
  expect(await campaign.load({ seed: 3 })).toEqual(generateCampaignLog({ seed: 3 }));
  expect((await campaign.load({ path: "" })).file).toBeNull();
  await expect(campaign.load({ path: "/no/log.csv" })).rejects.toThrow(InputError);
  expect(() => generateCampaignLog({ seed: 1.5 })).toThrow("seed is a whole number, not 1.5");
});
