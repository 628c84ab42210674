import { describe, expect, test } from "vitest";
import { type FunnelRecord, funnel } from "../../../extensions/analytics/funnel.js";
import { InputError } from "../../../kernel/extension/index.js";

const log = [
  { segment: "a", device: "phone", impressions: 1000, clicks: 50, conversions: 5, cost: 10.1 },
  { segment: "a", device: "desk", impressions: 1000, clicks: 50, conversions: 5, cost: 0.2 },
  { segment: "b", device: "phone", impressions: 4000, clicks: 40, conversions: 4, cost: 8 },
  { segment: "c", device: "phone", impressions: 2000, clicks: 100, conversions: 1, cost: 9 },
];

describe("rates", () => {
  test("without by there is one row", () => {
    const [all, ...rest] = funnel(log);
    expect(rest).toEqual([]);
    expect(all).toMatchObject({
      segment: "all",
      impressions: 8000,
      clicks: 240,
      conversions: 15,
      ctr: 0.03,
      cvr: 0.0625,
      cost: 27.3,
      cpc: 27.3 / 240,
      cpa: 27.3 / 15,
    });
    expect(all?.words).toBe(
      "all: 240 of 8,000 impressions were clicked (CTR 3 %), 15 of the clicks converted (CVR 6.3 %).",
    );
  });

  test("by one column and by two", () => {
    expect(funnel(log, { by: "segment" }).map(({ segment }) => segment)).toEqual(["b", "a", "c"]);
    expect(funnel(log, { by: ["segment", "device"] }).map(({ segment }) => segment)).toEqual([
      "b · phone",
      "c · phone",
      "a · desk",
      "a · phone",
    ]);
  });

  test("an empty stage gives null, never NaN or Infinity", () => {
    const rows = funnel(
      [
        { segment: "never shown", impressions: 0, clicks: 0, conversions: 0, cost: 0, revenue: 0 },
        {
          segment: "never clicked",
          impressions: 10,
          clicks: 0,
          conversions: 0,
          cost: 1,
          revenue: 0,
        },
      ],
      { by: "segment" },
    );
    for (const row of rows) {
      const numbers = Object.values(row).filter((value) => typeof value === "number");
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
    expect(rows[1]).toMatchObject({
      ctr: null,
      ctrLow: null,
      cvr: null,
      cpc: null,
      cpa: null,
      roi: null,
    });
    expect(rows[0]).toMatchObject({ ctr: 0, cvr: null, cpc: null, roi: -1, weakest: null });
    expect(rows[1]?.words).toBe("never shown: never shown, so it has no rates.");
    expect(rows[0]?.words).not.toMatch(/NaN|Infinity/);
  });

  test("no records, no rows; absent measures stay absent", () => {
    expect(funnel([])).toEqual([]);
    const [row] = funnel([{ impressions: 10, clicks: 1 }]);
    expect(Object.keys(row ?? {})).toEqual([
      "segment",
      "impressions",
      "clicks",
      "ctr",
      "ctrLow",
      "ctrHigh",
      "weakest",
      "words",
    ]);
  });

  test("more conversions than clicks keep a rate and lose its interval", () => {
    const [row] = funnel([{ impressions: 10, clicks: 2, conversions: 3 }]);
    expect(row).toMatchObject({ cvr: 1.5, cvrLow: null, cvrHigh: null });
  });

  test("money adds up to the millionth in any order", () => {
    const prices = Array.from({ length: 1000 }, (_, i) => ({
      impressions: 1,
      clicks: 1,
      cost: (i % 7) / 10 + 0.000001,
    }));
    expect(funnel(prices)[0]?.cost).toBe(funnel(prices.toReversed())[0]?.cost);
    expect(funnel(prices)[0]?.cost).toBe(299.701);
  });
});

describe("the weakest stage", () => {
  test("is the one that lags the others most, beyond chance", () => {
    const words = Object.fromEntries(
      funnel(log, { by: "segment" }).map((row) => [row.segment, [row.weakest, row.words]]),
    );
    expect(words).toEqual({
      a: [null, "a: not behind the others at the click or the conversion."],
      b: ["click", "b: weakest at the click, CTR 1 % against 5 % in the others (80 % lower)."],
      c: [
        "conversion",
        "c: weakest at the conversion, CVR 1 % against 10 % in the others (90 % lower).",
      ],
    });
  });

  test("is nobody's when the difference may be chance", () => {
    const rows = funnel(
      [
        { segment: "a", impressions: 100, clicks: 3 },
        { segment: "b", impressions: 100, clicks: 5 },
      ],
      { by: "segment" },
    );
    expect(rows.map(({ weakest }) => weakest)).toEqual([null, null]);
    expect(rows[0]?.words).toBe("a: not behind the others at the click.");
  });

  // statsmodels 0.14: proportions_ztest([50, 90], [1000, 1000]) = (-3.5055, 0.00046)
  test.each([
    [90, "click"],
    [69, null],
    [72, "click"],
  ])("50 of 1,000 against %i of 1,000", (other, weakest) => {
    const rows = funnel(
      [
        { segment: "a", impressions: 1000, clicks: 50 },
        { segment: "b", impressions: 1000, clicks: other },
      ],
      { by: "segment" },
    );
    expect(rows[0]?.weakest).toBe(weakest);
  });
});

describe("bad input", () => {
  const good = { impressions: 10, clicks: 1, conversions: 0 };
  test.each<[Partial<FunnelRecord>, RegExp]>([
    [{ clicks: 11 }, /^record 1: 11 clicks on 10 impressions/],
    [{ clicks: -1 }, /^record 1: clicks is a whole number from 0, not -1/],
    [{ impressions: 1.5 }, /^record 1: impressions is a whole number from 0, not 1.5/],
    [{ conversions: Number.NaN }, /^record 1: conversions .* not NaN/],
    [{ cost: Number.POSITIVE_INFINITY }, /^record 1: cost is a finite number, not Infinity/],
  ])("%j", (bad, message) => {
    const records = [good, { ...good, ...bad }];
    expect(() => funnel(records)).toThrow(message);
    expect(() => funnel(records)).toThrow(InputError);
  });

  test("a column that is none", () => {
    expect(() => funnel(log, { by: "segmnt" as "segment" })).toThrow(
      /record 0 has no column "segmnt" \(did you mean "segment"\?\); it has segment, device/,
    );
  });
});
