import { describe, expect, test } from "vitest";
import * as vl from "../../../extensions/charts/vl.js";
import { render } from "../../../kernel/display/index.js";
import { days, history, log, scores } from "./campaign-log.js";
import { look } from "./picture.js";

const CAMPAIGNS = ["Search brand", "Social prospecting", "Display retargeting"];

describe("line", () => {
  test("one line a group, a legend, times and rates in short", async () => {
    const { text, caption, marks } = await look(
      vl.line(log, {
        x: "hour",
        y: "ctr",
        color: "campaign",
        format: ".1%",
        title: "CTR by hour",
        subtitle: "1 to 7 July 2024",
        labels: { hour: "Hour", campaign: "Campaign" },
      }),
    );
    expect(text).toEqual(expect.arrayContaining(["CTR by hour", "1 to 7 July 2024", "Hour"]));
    expect(text).toEqual(expect.arrayContaining([...CAMPAIGNS, "Jul 2", "Jul 3", "3.0%"]));
    expect(marks).toBe(3 + 3);
    expect(caption).toBe(
      'line chart "CTR by hour": hour (temporal) x ctr (quantitative), 504 points, 3 series',
    );
  });

  test("one array, a gap where a value is missing", async () => {
    const { svg, marks } = await look(vl.line([3, 1, null, 5, 9, Number.NaN, 2, 6]));
    const [line] = svg.match(/mark-line[^>]*><path [^>]*d="([^"]+)/)?.slice(1) ?? [];
    expect(line?.match(/M/g)).toHaveLength(3);
    expect(marks).toBe(1 + 6);
  });

  test("no value yet is an empty plot, as a live chart may begin with", async () => {
    const { text, marks } = await look(
      vl.line([{ day: "2024-07-01", rate: null }], { x: "day", y: "rate", title: "Live" }),
    );
    expect(text).toEqual(expect.arrayContaining(["Live", "day", "rate"]));
    expect(marks).toBeLessThanOrEqual(1);
  });

  test("few names along x are level", async () => {
    const rows = [
      { day: "Mo", clicks: 3 },
      { day: "Tu", clicks: 5 },
    ];
    const { svg } = await look(vl.line(rows, { x: "day", y: "clicks" }));
    expect(svg).toMatch(/<text [^>]*transform="translate\([\d.,]+\)"[^>]*>Mo</);
  });

  test("leaves zero out where the values are far from it", () => {
    const zero = (values: number[]) =>
      (vl.line(values).encoding as { y: { scale: { zero: boolean } } }).y.scale.zero;
    expect(zero([1000, 1010])).toBe(false);
    expect(zero([1, 10])).toBe(true);
  });
});

describe("area", () => {
  test("stacks in the order of the data", async () => {
    const spec = vl.area(log, { x: "hour", y: "impressions", color: "campaign" });
    const { text, svg } = await look(spec);
    expect(text).toEqual(expect.arrayContaining(["60k", ...CAMPAIGNS]));
    expect(svg.match(/mark-area/g)).toHaveLength(3);
  });

  test("shares of one", async () => {
    const { text } = await look(
      vl.area(log, { x: "hour", y: "clicks", color: "campaign", stack: "normalize" }),
    );
    expect(text).toEqual(expect.arrayContaining(["0%", "100%"]));
  });

  test("one group is a light area under a line", async () => {
    const { svg } = await look(vl.area(days, { x: "day", y: "ctr" }));
    expect(svg).toContain("mark-area");
    expect(svg).toContain("mark-line");
  });
});

describe("bar", () => {
  test("sums the rows of a bar and names it level", async () => {
    const spec = vl.bar(log, { x: "campaign", y: "clicks", labels: { clicks: "Clicks" } });
    const total = log
      .filter(({ campaign }) => campaign === "Search brand")
      .reduce((sum, { clicks }) => sum + clicks, 0);
    expect(spec.data).toMatchObject({
      values: [{ campaign: "Search brand", clicks: total }, {}, {}],
    });
    const { text, marks } = await look(spec);
    expect(text).toEqual(expect.arrayContaining(CAMPAIGNS));
    expect(marks).toBe(3);
  });

  test("lies where x holds numbers and y names", async () => {
    const spec = vl.bar(log, { x: "cost", y: "campaign", summary: "mean" });
    expect(spec.encoding).toMatchObject({ x: { type: "quantitative" }, y: { type: "nominal" } });
    expect((await look(spec)).text).toEqual(expect.arrayContaining([...CAMPAIGNS, "cost"]));
  });

  test.each(["zero", "normalize", "none"] as const)("groups, stack %s", async (stack) => {
    const { text, marks } = await look(
      vl.bar(log, { x: "weekday", y: "impressions", color: "campaign", stack }),
    );
    expect(marks).toBe(7 * 3 + 3);
    expect(text.filter((word) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(word))).toHaveLength(7);
  });

  test("days are bands of time, missing y counts rows", async () => {
    expect((await look(vl.bar(days, { x: "day", y: "ctr" }))).marks).toBe(60);
    const counted = vl.bar(log, { x: "weekday" });
    expect(counted.data).toMatchObject({ values: Array(7).fill({ count: 72 }) });
    await look(counted);
  });
});

describe("scatter", () => {
  test("groups and sizes", async () => {
    const { text, marks, caption } = await look(
      vl.scatter(log, { x: "cost", y: "conversions", color: "campaign", size: "impressions" }),
    );
    expect(text).toEqual(expect.arrayContaining([...CAMPAIGNS, "impressions", "cost"]));
    expect(marks).toBeGreaterThanOrEqual(504);
    expect(caption).toMatch(/^scatter plot: cost .* x conversions/);
  });

  test("a column of numbers colours from light to dark", async () => {
    const { svg } = await look(vl.scatter(log, { x: "cost", y: "ctr", color: "clock" }));
    expect(svg).toContain("linearGradient");
  });
});

describe("histogram", () => {
  test("counts before it draws", async () => {
    const values = Float32Array.from({ length: 20_000 }, (_, i) => (i % 100) + (i % 7));
    const spec = vl.histogram(values, { labels: { value: "Order value" } });
    const rows = (spec.data as { values: { count: number }[] }).values;
    expect(rows.length).toBeLessThanOrEqual(30);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    expect((await look(spec)).text).toEqual(expect.arrayContaining(["Order value", "count"]));
  });

  test("nothing to count is an error", () => {
    expect(() => vl.histogram([Number.NaN])).toThrow('vl.histogram: column "value" has no values');
  });

  test("groups are stacked", async () => {
    const { text } = await look(vl.histogram(log, { x: "ctr", color: "campaign" }));
    expect(text).toEqual(expect.arrayContaining(CAMPAIGNS));
  });
});

describe("heatmap", () => {
  test("a cell for each pair, the days in order", async () => {
    const spec = vl.heatmap(log, { x: "clock", y: "weekday", value: "ctr", format: ".1%" });
    const { text, caption } = await look(spec);
    const week = text.filter((word) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(word));
    expect(week).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    expect(caption).toMatch(/^heat map: clock/);
    expect(spec.data).toMatchObject({ values: { length: 168 } });
  });

  test("many numbers are binned, both signs get two hues", async () => {
    const rows = log.map(({ cost, ctr }) => ({ cost, ctr, change: ctr - 0.035 }));
    await look(vl.heatmap(rows, { x: "cost", y: "ctr" }));
    const signed = vl.heatmap(rows, { x: "cost", y: "ctr", value: "change" });
    expect(signed.encoding).toMatchObject({ color: { scale: { domainMid: 0 } } });
    await look(signed);
  });
});

describe("funnel", () => {
  test("counts, rates and the whole way in words", async () => {
    const { text, caption } = await look(
      vl.funnel({ impressions: 1_204_332, clicks: 34_012, conversions: 1204 }),
    );
    expect(text).toEqual(
      expect.arrayContaining(["Impressions", "1,204,332", "↓ 2.82%", "34,012", "↓ 3.54%", "1,204"]),
    );
    expect(caption).toBe(
      "funnel: 1,204,332 impressions → 34,012 clicks (2.82%) → 1,204 conversions (3.54%)",
    );
    expect(text.join()).toContain("square root");
  });

  test("one for each group, every stage in each", async () => {
    const rows = [
      { segment: "new", stage: "visit", count: 1000 },
      { segment: "new", stage: "cart", count: 400 },
      { segment: "new", stage: "order", count: 0 },
      { segment: "loyal", stage: "visit", count: 500 },
      { segment: "loyal", stage: "order", count: 90 },
    ];
    const { text, caption } = await look(vl.funnel(rows, { stage: "stage", by: "segment" }));
    expect(text).toEqual(expect.arrayContaining(["new", "loyal", "↓ 40.0%"]));
    expect(caption).toContain("loyal: 500 visit → 0 cart (0%) → 90 order (no rate)");
  });

  test("sums a log by segment, from columns of the usual names", async () => {
    const { caption } = await look(vl.funnel(log, { by: "campaign" }));
    expect(caption.match(/impressions/g)).toHaveLength(3);
  });

  test("an empty first stage is drawn without a rate", async () => {
    expect((await look(vl.funnel({ impressions: 0, clicks: 0 }))).text).toContain("↓ no rate");
  });
});

describe("models", () => {
  const boosting = scores.filter(({ model }) => model === "boosting");

  test("roc", async () => {
    const { text } = await look(vl.roc(boosting));
    expect(text.find((line) => /^AUC 0\.\d{3}$/.test(line))).toBeDefined();
    expect((await look(vl.roc(scores, { color: "model" }))).caption).toMatch(
      /boosting AUC 0\.\d+, logistic AUC 0\.\d+/,
    );
  });

  test("precisionRecall", async () => {
    expect((await look(vl.precisionRecall(boosting))).text.join()).toMatch(
      /AP 0\.\d{3}, .*% are ones/,
    );
    await look(vl.precisionRecall(scores, { color: "model", title: "Click models" }));
  });

  test("calibration", async () => {
    expect((await look(vl.calibration(boosting))).text.join()).toMatch(/Brier score 0\.\d{4}/);
    await look(vl.calibration(scores, { color: "model", bins: 5 }));
  });

  test("confusionMatrix", async () => {
    const actual = scores.map(({ label }) => label);
    const predicted = scores.map(({ score }) => (score > 0.5 ? 1 : 0));
    const { svg, text } = await look(vl.confusionMatrix({ actual, predicted }));
    expect(text.filter((line) => line.endsWith("%"))).toHaveLength(4);
    expect(svg).toMatch(/<text[^>]*fill="#ffffff"/);
    const ten = {
      actual: actual.map((_, i) => i % 10),
      predicted: actual.map((_, i) => (i * i) % 10),
    };
    await look(vl.confusionMatrix(ten, { title: "Digits" }));
  });

  test("trainingCurves", async () => {
    const { text } = await look(vl.trainingCurves(history, { title: "Training" }));
    expect(text).toEqual(expect.arrayContaining(["training", "validation", "Training", "epoch"]));
    expect(text.filter((line) => line.startsWith("best "))).toHaveLength(2);
  });
});

describe("timeSeries", () => {
  test.each([0, 1, 7, 12])(
    "hours from %i o'clock on are labelled with their days",
    async (start) => {
      const hours = Array.from({ length: 240 }, (_, i) => ({
        time: new Date(Date.UTC(2024, 6, 1, start + i)),
        value: i % 24,
      }));
      const { text } = await look(vl.timeSeries(hours, { x: "time", y: "value" }));
      expect(text).toEqual(expect.arrayContaining(["Jul 3", "Jul 5", "Jul 9"]));
    },
  );

  test("band, expectation and marked points", async () => {
    const { text, svg, caption } = await look(
      vl.timeSeries(days, {
        x: "day",
        y: "ctr",
        band: ["low", "high"],
        expected: "expected",
        marked: "anomaly",
        format: ".1%",
        title: "CTR with two anomalies",
        labels: { anomaly: "Anomaly" },
      }),
    );
    expect(text).toEqual(expect.arrayContaining(["ctr", "expected", "low to high", "Anomaly"]));
    expect(svg).toContain("mark-area");
    expect(caption).toContain("60 points, band low to high, 2 marked (Anomaly)");
  });

  test("a band that is not known yet", async () => {
    const young = days
      .slice(0, 5)
      .map((day) => ({ ...day, low: null, high: null, expected: null }));
    const { svg } = await look(
      vl.timeSeries(young, { x: "day", y: "ctr", band: ["low", "high"], expected: "expected" }),
    );
    expect(svg).toContain("mark-line");
  });

  test("one series alone has no legend", async () => {
    const { svg } = await look(vl.timeSeries(days, { x: "day", y: "ctr" }));
    expect(svg).not.toContain("role-legend");
  });
});

describe("concat", () => {
  test("keeps colours apart and selections from meeting", async () => {
    const one = vl.line(log, { x: "hour", y: "ctr", color: "campaign", title: "CTR" });
    const spec = vl.vconcat([one, one], { title: "Twice" });
    expect(JSON.stringify(spec).match(/"name":"shown_[12]"/g)).toEqual([
      '"name":"shown_1"',
      '"name":"shown_2"',
    ]);
    const { text, caption } = await look(spec);
    expect(text.filter((line) => line === "CTR")).toHaveLength(2);
    expect(caption).toMatch(/^2 charts one below the other "Twice": line chart "CTR"/);
    await look(
      vl.hconcat([vl.roc(scores, { color: "model" }), vl.calibration(scores, { color: "model" })]),
    );
  });
});

test("a chart is plain JSON that can be edited", async () => {
  const chart = vl.bar(log, { x: "campaign", y: "clicks" });
  chart.title = "Edited";
  const edited = { ...chart, mark: { type: "bar" as const, color: "#009e73" } };
  const { text, svg } = await look(edited);
  expect(text).toContain("Edited");
  expect(svg).toContain("#009e73");
});

test("completion knows the columns", () => {
  // @ts-expect-error "campain" is no column.
  expect(() => vl.bar(log, { x: "campain", y: "clicks" })).toThrow('did you mean "campaign"?');
  // @ts-expect-error "score" is no column of these columns.
  expect(() => vl.roc({ label: [0, 1], scores: [0.1, 0.2] }, { score: "score" })).toThrow("scores");
});

const { bar, scatter, heatmap, timeSeries, line, funnel, histogram, roc } = vl;

test.each(Object.entries({ bar, scatter, heatmap, timeSeries }))(
  "vl.%s without its options says what they are",
  (name, chart) => {
    const draw = chart as (data: object) => unknown;
    expect(() => draw([{ day: 1, ctr: 0.1 }])).toThrow(
      `vl.${name}: after the data come options such as { x, y }, not undefined; there are x, y, `,
    );
  },
);

test.each(Object.entries({ line, bar, funnel, histogram, roc, timeSeries }))(
  "vl.%s without data says what data are",
  (name, chart) => {
    const draw = chart as (data?: object, options?: object) => unknown;
    expect(() => draw(undefined, {})).toThrow(`vl.${name}: data must be records, columns`);
  },
);

test("an option that a chart does not have is an error with the nearest", () => {
  const log = [{ day: 1, ctr: 0.1, segment: "a" }];
  // @ts-expect-error the option is spelt color
  expect(() => vl.line(log, { x: "day", y: "ctr", colour: "segment" })).toThrow(
    'vl.line: no option "colour" (did you mean "color"?); options are x, y, color, format, labels, title, subtitle, width, height',
  );
  // @ts-expect-error there is no such option
  expect(() => vl.roc({ label: [0, 1], score: [0, 1] }, { bins: 3 })).toThrow(
    'vl.roc: no option "bins"',
  );
});

test("a chart shows itself in every kernel that knows Jupyter.display, copies with edits too", async () => {
  const chart = vl.bar([{ day: "Mon", clicks: 2 }], { x: "day", y: "clicks" });
  const edited = { ...chart, width: 321 };
  const own = (edited as Record<symbol, unknown>)[Symbol.for("Jupyter.display")] as () => object;
  const data = own.call(edited);
  expect(data).toEqual({
    "application/vnd.vegalite.v5+json": JSON.parse(JSON.stringify(edited)),
    "text/plain": "bar chart: day (nominal) x clicks (quantitative), 1 point",
  });
  expect(await render(edited)).toEqual({ data });
});
