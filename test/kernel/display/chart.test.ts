import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderChart } from "../../../kernel/display/chart.js";
import { installCooperation } from "../../../kernel/extension/cooperation.js";

const VEGA_LITE = "application/vnd.vegalite.v5+json";
const VEGA = "application/vnd.vega.v5+json";

const values = [
  { hour: "2024-07-01", ctr: 0.02, site: "a" },
  { hour: "2024-07-02", ctr: 0.03, site: "b" },
];
const encoding = {
  x: { field: "hour", type: "temporal" },
  y: { field: "ctr", type: "quantitative" },
  color: { field: "site", type: "nominal" },
};

function textOf(spec: object): string {
  return String(renderChart(spec).data["text/plain"]);
}

describe("the line that says what a chart shows", () => {
  test.each([
    [
      { title: "CTR by day", data: { values }, mark: "line", encoding },
      'line chart "CTR by day": hour (temporal) x ctr (quantitative), 2 points, 2 series',
    ],
    [
      {
        title: { text: ["Two", "lines"] },
        data: { values },
        mark: { type: "point" },
        encoding: { x: encoding.x },
      },
      'scatter plot "Two lines": hour (temporal), 2 points',
    ],
    [
      { mark: "bar", encoding: { x: { field: "site" }, y: { aggregate: "mean", field: "ctr" } } },
      "bar chart: site x mean of ctr",
    ],
    [
      { data: { values }, layer: [{ mark: "area", encoding }, { mark: "rule" }, { mark: "rule" }] },
      "area chart and rule chart: hour (temporal) x ctr (quantitative), 2 points, 2 series",
    ],
    [
      {
        data: { values },
        hconcat: [{ mark: "line", encoding: { y: encoding.y } }, { mark: "bar" }],
      },
      "2 charts side by side: line chart: ctr (quantitative), 2 points; bar chart: 2 points",
    ],
    [
      {
        data: { values },
        facet: { field: "site" },
        spec: { mark: "rect", encoding: { x: encoding.x } },
      },
      "heat map: hour (temporal), 2 points",
    ],
    [{ description: "what the author says", mark: "bar" }, "what the author says"],
    [{ marks: [], title: "Own" }, 'Vega chart "Own"'],
    [{}, "Vega-Lite chart"],
  ])("%j", (spec, text) => {
    expect(textOf(spec)).toBe(text);
  });
});

describe("the mimebundle", () => {
  test("is version 5 and nothing that would hide the chart", () => {
    const spec = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", mark: "bar" };
    const { data } = renderChart(spec);
    expect(Object.keys(data)).toEqual([VEGA_LITE, "text/plain"]);
    expect(data[VEGA_LITE]).toMatchObject({
      $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    });
    expect(spec.$schema).toContain("v6");
  });

  test("Vega gets a white card unless it has a background", () => {
    const $schema = "https://vega.github.io/schema/vega/v6.json";
    expect(renderChart({ $schema, marks: [] }).data[VEGA]).toMatchObject({
      $schema: "https://vega.github.io/schema/vega/v5.json",
      background: "white",
    });
    expect(renderChart({ marks: [], background: "navy" }).data[VEGA]).toMatchObject({
      background: "navy",
    });
  });

  test("is JSON, whatever the values are", () => {
    const odd = {
      big: 12n,
      id: 9007199254740993n,
      day: new Date(0),
      none: Number.NaN,
      typed: new Float32Array([1, 2]),
    };
    const { data } = renderChart({ mark: "bar", data: { values: [odd] } });
    expect(data[VEGA_LITE]).toMatchObject({
      data: {
        values: [
          {
            big: 12,
            id: "9007199254740993",
            day: "1970-01-01T00:00:00.000Z",
            none: null,
            typed: [1, 2],
          },
        ],
      },
    });
  });

  test("an address is left to the viewer and named", () => {
    const { data } = renderChart({ data: { url: "clicks.csv" }, mark: "bar" });
    expect(data[VEGA_LITE]).toMatchObject({ data: { url: "clicks.csv" } });
    expect(data["text/plain"]).toContain("data loaded by the viewer from clicks.csv");
  });
});

describe("many rows", () => {
  const many = { mark: "point", data: { values: Array.from({ length: 5001 }, (_, x) => ({ x })) } };
  let warn: ReturnType<typeof vi.spyOn>;
  const cell = () =>
    installCooperation({
      interrupted: () => false,
      critical: (update) => update(),
      signal: new AbortController().signal,
    });

  beforeEach(() => {
    warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    cell();
  });
  afterEach(() => warn.mockRestore());

  test("are drawn, with a note in the text and one warning a cell", () => {
    const { data } = renderChart(many);
    expect(data[VEGA_LITE]).toMatchObject({ data: { values: { length: 5001 } } });
    expect(data["text/plain"]).toMatch(/5,001 rows .*more than 5,000.*aggregate/);
    renderChart(many);
    expect(warn).toHaveBeenCalledTimes(1);
    cell();
    renderChart(many);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  test("5,000 are not many; rows of all parts count", () => {
    const part = (rows: number) => ({
      mark: "point",
      data: { values: Array(rows).fill({ x: 1 }) },
    });
    renderChart(part(5000));
    expect(warn).not.toHaveBeenCalled();
    expect(textOf({ vconcat: [part(3000), { layer: [part(3000)] }] })).toContain("6,000 rows");
    expect(textOf({ datasets: { a: Array(5001).fill(1) }, mark: "bar" })).toContain("5,001 rows");
  });
});
