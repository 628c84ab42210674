import { readFileSync } from "node:fs";
import { join } from "node:path";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { readCampaignLog } from "../../../datasets/campaign/read.js";
import { TimeSeriesAnalyzer } from "../../../extensions/analytics/time-series-analyzer.js";
import type { Verdict } from "../../../extensions/analytics/verdict.js";
import { InputError } from "../../../kernel/extension/index.js";

const HOUR = 3_600_000;
const START = Date.UTC(2025, 2, 3);

/** Hourly values around 100 that rise and fall with the day, and with the week if told so. */
function series(hours: number, { seed = 1, noise = 4, weekly = 0, drift = 0 } = {}) {
  const generator = xoroshiro128plus(seed);
  return Array.from({ length: hours }, (_, hour) => {
    const day = 30 * Math.cos((hour % 24) * (Math.PI / 12));
    const week = weekly * Math.cos(Math.floor((hour % 168) / 24) * ((2 * Math.PI) / 7));
    const wobble = noise * (uniformFloat64(generator) + uniformFloat64(generator) - 1);
    return { time: START + hour * HOUR, value: 100 + day + week + drift * hour + wobble };
  });
}

function watch(points: Iterable<{ time: number; value: number | null }>, analyzer = analyzerOf()) {
  return Array.from(points, (point) => analyzer.update(point));
}

function analyzerOf() {
  return new TimeSeriesAnalyzer("ctr");
}

const alarms = (verdicts: Verdict[]) => verdicts.filter(({ anomaly }) => anomaly);

function byIncident(found: Verdict[]): Map<number | undefined, Verdict[]> {
  const incidents = new Map<number | undefined, Verdict[]>();
  for (const verdict of found) {
    const first = verdict.since?.index;
    incidents.set(first, [...(incidents.get(first) ?? []), verdict]);
  }
  return incidents;
}

describe("what is an anomaly", () => {
  test.each([0, 1, -3.5, 0.1 + 0.2])("a constant series of %f never alarms", (value) => {
    const verdicts = watch(
      Array.from({ length: 600 }, (_, i) => ({ time: START + i * HOUR, value })),
    );
    expect(alarms(verdicts)).toEqual([]);
    expect(verdicts.at(-1)).toMatchObject({ state: "normal", expected: value, sigmas: 0 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("a planted spike always alarms, seed %i", (seed) => {
    const points = series(400, { seed });
    const at = 100 + seed * 31;
    for (const sign of [1, -1]) {
      const spiked = points.map((p, i) => (i === at ? { ...p, value: p.value + sign * 60 } : p));
      const verdict = watch(spiked)[at];
      expect(verdict).toMatchObject({ anomaly: true, state: "anomaly", since: { index: at } });
      expect(Math.sign(verdict?.sigmas ?? 0)).toBe(sign);
    }
  });

  test("a spike after a series that stood still alarms", () => {
    const points = Array.from({ length: 100 }, (_, i) => ({ time: START + i * HOUR, value: 5 }));
    expect(watch([...points, { time: START + 100 * HOUR, value: 6 }]).at(-1)?.anomaly).toBe(true);
  });

  test("ordinary noise rarely alarms: under one incident in two weeks over 8 seeds", () => {
    const weeks = 6;
    const incidents = Array.from({ length: 8 }, (_, seed) => {
      const found = alarms(watch(series(weeks * 168, { seed, weekly: 8 })));
      return new Set(found.map(({ since }) => since?.index)).size;
    });
    expect(incidents.reduce((sum, n) => sum + n, 0) / (8 * weeks)).toBeLessThan(0.5);
  });

  test("slow drift is followed", () => {
    const verdicts = watch(series(1000, { drift: 0.05 }));
    expect(alarms(verdicts).length).toBeLessThanOrEqual(2);
    expect(verdicts.at(-1)?.expected).toBeCloseTo(verdicts.at(-1)?.value ?? 0, -1);
  });

  test("a lasting change of level becomes the new normal", () => {
    const points = series(700).map((p, i) => (i < 300 ? p : { ...p, value: p.value + 50 }));
    const verdicts = watch(points);
    expect(verdicts[300]?.anomaly).toBe(true);
    expect(alarms(verdicts.slice(600))).toEqual([]);
  });

  test("an anomaly does not teach the baseline that it is normal", () => {
    const clean = watch(series(400)).at(-1);
    const points = series(400).map((p, i) => (i === 390 ? { ...p, value: 1e6 } : p));
    const after = watch(points).at(-1);
    expect(Math.abs((after?.expected ?? 0) - (clean?.expected ?? 0))).toBeLessThan(1);
    expect((after?.high ?? 0) - (after?.low ?? 0)).toBeLessThan(60);
  });

  test("rare ones among zeros alarm ever less", () => {
    const points = Array.from({ length: 2000 }, (_, i) => ({
      time: START + i * HOUR,
      value: i % 17 === 0 ? 1 : 0,
    }));
    expect(alarms(watch(points).slice(1000)).length).toBeLessThan(6);
  });
});

describe("a stream", () => {
  test("the same prefix gives the same verdicts, whatever follows", () => {
    const points = series(700, { weekly: 20 });
    const whole = watch(points);
    for (const length of [30, 100, 503, 505, 640]) {
      expect(watch(points.slice(0, length))).toEqual(whole.slice(0, length));
      const other = [...points.slice(0, length), { time: START + length * HOUR, value: -1e9 }];
      expect(watch(other).slice(0, length)).toEqual(whole.slice(0, length));
    }
  });

  test("isAnomaly judges before the point joins, in either order", () => {
    const analyzer = new TimeSeriesAnalyzer("ctr");
    const points = series(200);
    watch(points, analyzer);
    const spike = { time: START + 200 * HOUR, value: 400 };
    expect(analyzer.isAnomaly(spike)).toBe(true);
    expect(analyzer.isAnomaly(spike)).toBe(true);
    expect(analyzer.isAnomaly({ ...spike, value: 85 })).toBe(false);
    analyzer.update(spike);
    expect(analyzer.isAnomaly(spike)).toBe(true);
  });

  test("numbers without times, in the order of the article", () => {
    const analyzer = new TimeSeriesAnalyzer("conversion_rate");
    for (let i = 0; i < 60; i++) {
      analyzer.update(0.05 + 0.001 * (i % 3));
      expect(analyzer.isAnomaly(0.05 + 0.001 * (i % 3))).toBe(false);
    }
    analyzer.update(0.2);
    expect(analyzer.isAnomaly(0.2)).toBe(true);
    expect(analyzer.explain()).toMatch(
      /^conversion_rate was 0.2 at point 60: [\d.]+ robust sigmas/,
    );
  });

  test("memory is bounded", () => {
    const analyzer = new TimeSeriesAnalyzer("ctr", { historyLength: 100 });
    watch(series(400), analyzer);
    const size = JSON.stringify(analyzer).length;
    watch(series(1200).slice(400), analyzer);
    expect(analyzer.getHistory()).toHaveLength(100);
    expect(analyzer.getHistory()[0]?.index).toBe(1100);
    expect(JSON.stringify(analyzer).length).toBeLessThan(1.2 * size);
  });

  test.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    "%s is a missing value",
    (gap) => {
      const points = series(300);
      const analyzer = analyzerOf();
      watch(points, analyzer);
      const before = analyzer.toJSON().baseline;
      const verdict = analyzer.update({ time: START + 300 * HOUR, value: gap });
      expect(verdict).toMatchObject({ state: "missing", anomaly: false, value: null });
      expect(verdict.expected).toBeGreaterThan(0);
      expect(analyzer.toJSON().baseline).toEqual(before);
      expect(analyzer.explain()).toBe(
        "ctr has no value at 2025-03-15 12:00; nothing was learned from it.",
      );
    },
  );

  test("a gap in the times keeps the hours of the day apart", () => {
    const points = series(400).filter((_, i) => i < 200 || i >= 213);
    expect(alarms(watch(points))).toEqual([]);
  });

  test.each([1, 11, 60, 300])("goes on exactly from JSON saved after %i points", (saved) => {
    const points = series(600, { weekly: 20 }).map((p, i) =>
      i % 97 === 96 ? { ...p, value: 500 } : p,
    );
    const analyzer = analyzerOf();
    watch(points.slice(0, saved), analyzer);
    const resumed = TimeSeriesAnalyzer.fromJSON(JSON.stringify(analyzer));
    expect(resumed.getHistory()).toEqual(analyzer.getHistory());
    const rest = points.slice(saved);
    expect(watch(rest, resumed)).toEqual(watch(rest, analyzer));
    expect(JSON.stringify(resumed)).toBe(JSON.stringify(analyzer));
  });
});

describe("the season", () => {
  test("is the day for hours, and the week once that fits better", () => {
    const daily = analyzerOf();
    watch(series(800), daily);
    expect(daily.season).toBe(24);
    const weekly = analyzerOf();
    watch(series(800, { weekly: 40 }), weekly);
    expect(weekly.season).toBe(168);
    expect(weekly.getHistory().at(-1)?.slot).toBe("Saturday 07:00");
  });

  test("is the week for days and none for an unknown spacing", () => {
    const days = analyzerOf();
    watch(
      Array.from({ length: 60 }, (_, i) => ({ time: START + i * 24 * HOUR, value: i % 7 })),
      days,
    );
    expect(days.season).toBe(7);
    const odd = analyzerOf();
    watch(
      Array.from({ length: 60 }, (_, i) => ({ time: START + i * 7777, value: i % 7 })),
      odd,
    );
    expect(odd.season).toBe(1);
  });

  test("is found in numbers without times", () => {
    const analyzer = analyzerOf();
    for (let i = 0; i < 60; i++) analyzer.update([1, 5, 9, 2, 8, 30, 4][i % 7]);
    expect(analyzer.season).toBe(7);
  });

  test("warm-up lasts three seasons, and says how long it still is", () => {
    const analyzer = new TimeSeriesAnalyzer("ctr", { season: 12 });
    const verdicts = watch(series(40), analyzer);
    expect(verdicts.findIndex(({ state }) => state === "normal")).toBe(36);
    expect(analyzer.explain(verdicts[30])).toBe(
      "ctr was 102 at 2025-03-04 06:00; not judged yet, 6 more points are needed.",
    );
  });
});

test("an alarm explains itself", () => {
  const analyzer = new TimeSeriesAnalyzer("clicks", { season: 24 });
  const points = series(200).map((p, i) => (i >= 182 && i < 185 ? { ...p, value: 10 } : p));
  const verdicts = watch(points, analyzer);
  expect(analyzer.explain(verdicts[182])).toMatch(
    /^clicks was 10 at 2025-03-10 14:00: [\d.]+ robust sigmas below the 7[\d.]+ expected for 14:00 \(usual range [\d.]+ to [\d.]+\)\.$/,
  );
  expect(analyzer.explain(verdicts[184])).toMatch(/; abnormal since 2025-03-10 14:00\.$/);
  expect(analyzer.explain(verdicts[199])).toMatch(/^clicks was [\d.]+ at .*, in line with the /);
  expect(new TimeSeriesAnalyzer("x").explain()).toBe("x has no points yet.");
});

describe("bad input", () => {
  test.each([
    [{ season: 0 }, /season is "auto" or a whole number of points from 1, not 0/],
    [{ season: 2.5 }, /not 2.5/],
    [{ historyLength: 5 }, /historyLength is a whole number from 24, not 5/],
    [
      { sensitivity: "hihg" as "high" },
      /one of low, medium, high, not "hihg" \(did you mean "high"\?\)/,
    ],
  ])("%j", (options, message) => {
    expect(() => new TimeSeriesAnalyzer("x", options)).toThrow(message);
    expect(() => new TimeSeriesAnalyzer("x", options)).toThrow(InputError);
  });

  test("times that run backwards, come and go, or are none", () => {
    const analyzer = analyzerOf();
    analyzer.update({ time: "2025-03-03 05:00", value: 1 });
    expect(() => analyzer.update({ time: "2025-03-03 04:00", value: 1 })).toThrow(
      /sort the points/,
    );
    expect(() => analyzer.update(1)).toThrow(/point 1 comes without a time, those before it with/);
    expect(() => analyzer.update({ time: "soon", value: 1 })).toThrow(/"soon" is not a time/);
    expect(() => analyzer.update("1" as unknown as number)).toThrow(/not "1"/);
    expect(analyzer.getHistory()).toHaveLength(1);
  });

  test("a saved analyzer that is none", () => {
    expect(() => TimeSeriesAnalyzer.fromJSON("{")).toThrow(/is not JSON/);
    expect(() => TimeSeriesAnalyzer.fromJSON('{"version":2}')).toThrow(/has version 1, this one 2/);
  });
});

const folder = process.env.RETRO_DATA_DIR;

// The three series were seen while the constants were chosen; the bound guards against regress.
test.skipIf(!folder)(
  "ad exchange series: every labelled window hit, 11 false incidents in 29 weeks",
  async () => {
    const nab = join(folder as string, "nab");
    const windows: Record<string, [string, string][]> = JSON.parse(
      readFileSync(join(nab, "windows.json"), "utf8"),
    );
    let hit = 0;
    let weeks = 0;
    let falseIncidents = 0;
    for (const [file, spans] of Object.entries(windows)) {
      const log = await readCampaignLog(join(nab, file.split("/")[1] as string));
      if (log.kind !== "metric") throw new Error("not a metric");
      const analyzer = new TimeSeriesAnalyzer(log.metric);
      const found = alarms(log.records.map((record) => analyzer.update(record)));
      const labelled = spans.map((ends) =>
        ends.map((end) => Date.parse(`${end.replace(" ", "T").slice(0, 13)}:00Z`)),
      );
      const inside = ({ time }: Verdict) =>
        labelled.find(([from = 0, to = 0]) => Number(time) >= from && Number(time) <= to);
      hit += new Set(found.map(inside).filter((window) => window !== undefined)).size;
      const incidents = byIncident(found);
      falseIncidents += [...incidents.values()].filter((points) => !points.some(inside)).length;
      weeks += log.records.length / 168;
    }
    expect(hit).toBe(6);
    expect(falseIncidents).toBeLessThanOrEqual(11);
    expect(falseIncidents / weeks).toBeLessThan(0.4);
  },
);
