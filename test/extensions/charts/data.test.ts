import {
  Table,
  Timestamp,
  TimeUnit,
  tableFromArrays,
  tableFromJSON,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import { type Data, tableOf } from "../../../extensions/charts/data.js";
import * as vl from "../../../extensions/charts/vl.js";
import { InputError } from "../../../kernel/extension/index.js";

describe("every shape of data makes the same chart", () => {
  const rows = [
    { day: new Date("2024-07-01"), clicks: 10, site: "a" },
    { day: new Date("2024-07-02"), clicks: 12, site: "b" },
  ];
  const day = rows.map((row) => row.day);
  const site = ["a", "b"];
  const frame = {
    columns: ["day", "clicks", "site"],
    shape: [2, 3],
    values: rows.map((row) => [row.day.toISOString(), row.clicks, row.site]),
  };
  const arrow = new Table({
    day: vectorFromArray(day, new Timestamp(TimeUnit.MICROSECOND, null)),
    clicks: vectorFromArray(new BigInt64Array([10n, 12n])),
    site: vectorFromArray(site),
  });
  const options = { x: "day", y: "clicks", color: "site" } as const;
  const expected = vl.line(rows, options);

  test.each([
    ["columns", { day, clicks: [10, 12], site }],
    ["typed arrays", { day, clicks: new Float64Array([10, 12]), site }],
    ["bigints", { day, clicks: new BigUint64Array([10n, 12n]), site }],
    ["texts of dates", { day: ["2024-07-01", "2024-07-02 00:00"], clicks: [10, 12], site }],
    ["an Arrow table", arrow],
    ["a danfojs frame", frame],
  ] as [string, { [column: string]: unknown[] }][])("%s", (_, data) => {
    expect(vl.line(data, options)).toEqual(expected);
  });

  test("an Arrow table of the library's own making", () => {
    const table = tableFromArrays({ x: [1, 2], y: new Float32Array([3, 4]) });
    expect(vl.line(table, { x: "x", y: "y" })).toEqual(
      vl.line({ x: [1, 2], y: [3, 4] }, { x: "x", y: "y" }),
    );
    expect(
      tableOf(tableFromJSON([{ a: "p" }, { a: "q" }]), "vl.line", {}).column("a", "x").values,
    ).toEqual(["p", "q"]);
  });

  test("only the columns that are drawn enter the chart", () => {
    const spec = vl.line([{ email: "a@b.c", x: 1, y: 2 }], { x: "x", y: "y" });
    expect(JSON.stringify(spec)).not.toContain("a@b.c");
  });
});

describe("bad data is said in one sentence", () => {
  test.each([
    [[], "vl.line: the data is empty"],
    [{ x: [1, 2], y: [1] }, "vl.line: columns must be equally long, these are: x 2, y 1"],
    [{ x: [1], y: 3 }, 'vl.line: column "y" is number, not an array'],
    [[{ x: 1, y: 2 }, 3], "vl.line: row 1 is 3, not a record"],
    [{ x: [1], Y: [1] }, 'vl.line: no column "y" for y (did you mean "Y"?); columns are x, Y'],
    [{ x: [1, 2], y: [1, Infinity] }, 'vl.line: column "y" is Infinity in row 1'],
    [
      { x: [1], y: ["12.5"] },
      'vl.line: y needs numbers, column "y" holds text such as "12.5"; convert it with Number',
    ],
    [{ x: [1], y: ["a"] }, 'vl.line: y needs numbers, column "y" holds text such as "a"'],
    [
      null,
      "vl.line: data must be records, columns, an array, an Arrow table or a danfojs frame, not null",
    ],
  ])("%o", (data, message) => {
    const draw = () => vl.line(data as unknown as { x: number[]; y: number[] }, { x: "x", y: "y" });
    expect(draw).toThrow(new InputError(message));
  });

  test("a missing option names the columns", () => {
    expect(() => vl.line({ a: [1], b: [2] })).toThrow(
      "vl.line: say which column is y; columns are a, b",
    );
  });
});

describe("kinds of columns", () => {
  const column = (values: unknown[]) =>
    tableOf({ c: values } as Data, "vl.line", {}).column("c", "x");

  test.each([
    [[1, null, 2.5], "quantitative", [1, null, 2.5]],
    [[1n, 9007199254740993n], "nominal", ["1", "9007199254740993"]],
    [["a", 1, true], "nominal", ["a", "1", "true"]],
    [["2024-07", "2025-01"], "temporal", [Date.UTC(2024, 6), Date.UTC(2025, 0)]],
    [["2024-07-01T05:00"], "temporal", [Date.UTC(2024, 6, 1, 5)]],
    [["2024-07-01T05:00+02:00"], "temporal", [Date.UTC(2024, 6, 1, 3)]],
    [[new Date(Number.NaN), new Date(0)], "temporal", [null, 0]],
    [["2024-13-01"], "nominal", ["2024-13-01"]],
    [["20240701"], "nominal", ["20240701"]],
  ])("%o is %s", (values, kind, cells) => {
    expect(column(values)).toEqual({ name: "c", kind, values: cells });
  });

  test("names that Vega-Lite would read as paths are drawn", () => {
    const spec = vl.line({ "cost.eur[1]": [1, 2] }, { y: "cost.eur[1]" });
    expect(spec.encoding).toMatchObject({ y: { field: "cost_eur_1_", title: "cost.eur[1]" } });
  });

  test("years are not counted in thousands, large numbers are", () => {
    const axis = (name: string, values: number[]) => {
      const spec = vl.line({ [name]: values, y: values }, { x: name, y: "y" });
      return (spec.encoding as { x: { axis?: { format: string } } }).x.axis?.format;
    };
    expect(axis("year", [2019, 2024])).toBe("d");
    expect(axis("users", [1_000_000, 2_000_000])).toBe("~s");
    expect(axis("users", [19, 24])).toBeUndefined();
  });
});
