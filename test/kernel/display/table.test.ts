import { Table, TimestampMillisecond, tableFromArrays, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { render } from "../../../kernel/display/index.js";

const rendered = async (value: unknown) => {
  const { data } = await render(value);
  return { text: String(data["text/plain"]), html: String(data["text/html"]) };
};

test("records: names, types, aligned numbers, absent values", async () => {
  const { text } = await rendered([
    { day: new Date("2026-01-01"), segment: "new", clicks: 1200, ctr: 0.03125, cost: 1.5 },
    { day: new Date("2026-01-02"), segment: "", clicks: 7, ctr: null, cost: 1234.25 },
    { day: new Date("2026-01-03"), segment: "old", clicks: 70, cost: Number.NaN },
  ]);
  expect(text).toBe(
    `
   day         segment  clicks                        ctr     cost
   Date        string   number  number | null | undefined   number
──────────────────────────────────────────────────────────────────
0  2026-01-01  new        1200                    0.03125     1.50
1  2026-01-02  ""            7                       null  1234.25
2  2026-01-03  old          70                  undefined      NaN
3 rows × 5 columns`.slice(1),
  );
});

test("columns", async () => {
  const { text } = await rendered({ hour: Int32Array.of(1, 2), segment: ["a", "b"] });
  expect(text).toBe(
    `
         hour  segment
   Int32Array  string
──────────────────────
0           1  a
1           2  b
2 rows × 2 columns`.slice(1),
  );
});

test("a map of records has its keys for labels", async () => {
  const { text } = await rendered(
    new Map([
      ["new", { clicks: 10, conversions: 1n }],
      ["returning", { clicks: 200, conversions: 30n }],
    ]),
  );
  expect(text).toBe(
    `
           clicks  conversions
           number       bigint
──────────────────────────────
new            10            1
returning     200           30
2 rows × 2 columns`.slice(1),
  );
});

test("an Arrow table", async () => {
  const { text } = await rendered(
    tableFromArrays({ id: Int32Array.of(1, 2), score: Float64Array.of(0.5, 1e-9) }),
  );
  expect(text).toBe(
    `
      id    score
   Int32  Float64
─────────────────
0      1      0.5
1      2     1e-9
2 rows × 2 columns`.slice(1),
  );
  const at = vectorFromArray([new Date(1e12), null], new TimestampMillisecond());
  expect((await rendered(new Table({ at }))).text).toContain("0  2001-09-09T01:46:40Z\n1  null\n");
});

test("a danfojs frame, by its shape", async () => {
  class DataFrame {
    shape = [2, 2];
    columns = ["x", "y"];
    dtypes = ["int32", "string"];
    index = ["r1", "r2"];
    values = [
      [1, "a"],
      [2, "b"],
    ];
  }
  expect((await rendered(new DataFrame())).text).toBe(
    `
        x  y
    int32  string
─────────────────
r1      1  a
r2      2  b
2 rows × 2 columns`.slice(1),
  );
});

describe("bounds", () => {
  test("the first and last ten rows", async () => {
    const { text, html } = await rendered(Array.from({ length: 10_000 }, (_, i) => ({ i })));
    const lines = text.split("\n");
    expect(lines).toHaveLength(2 + 1 + 20 + 1 + 1);
    expect(lines[12]).toBe("   9       9");
    expect(lines[13]).toBe("      … 9,980 more rows");
    expect(lines[14]).toBe("9990    9990");
    expect(lines.at(-1)).toBe("10,000 rows × 1 column");
    expect(html.match(/<tr>/g)).toHaveLength(1 + 20 + 1);
    expect(html).toContain('<td colspan="1"><i>… 9,980 more rows</i></td>');
  });

  test("one hidden row is one row", async () => {
    const { text } = await rendered(Array.from({ length: 21 }, (_, i) => ({ i })));
    expect(text).toContain("… 1 more row\n");
  });

  test("twenty columns in HTML, a line's width in text", async () => {
    const row = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`column_${i}`, i]));
    const { text, html } = await rendered([row]);
    expect(html.match(/scope="col"/g)).toHaveLength(20);
    expect(html).toContain("10 more");
    const lines = text.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines[0]).toMatch(/^ +column_0 .* … .* column_29$/);
    const shown = lines[0]?.match(/column_/g)?.length ?? 0;
    expect(lines.at(-1)).toBe(`1 row × 30 columns (${30 - shown} not shown)`);
  });

  test("long cells, long names, line breaks", async () => {
    const { text } = await rendered([
      { ["n".repeat(100)]: "x".repeat(1_000_000), b: "a\nb\u0007" },
    ]);
    expect(text).toContain(` ${"n".repeat(39)}…`);
    expect(text).toContain(` ${"x".repeat(59)}…`);
    expect(text).toContain("a\\nb\\u0007");
  });

  test("wide characters keep the columns in line", async () => {
    const { text } = await rendered([
      { name: "夏のセール", n: 1 },
      { name: "🎉", n: 22 },
    ]);
    expect(text.split("\n").slice(3, 5)).toEqual([
      "0  夏のセール       1",
      "1  🎉              22",
    ]);
  });
});

describe("numbers", () => {
  test.each<[string, number[], string[]]>([
    ["integers in full", [1, 2026, 1234567890123456], ["1", "2026", "1234567890123456"]],
    ["money keeps its cents", [12345.67, 1.5], ["12345.67", "1.50"]],
    ["five digits", [0.1234567, 0.5], ["0.12346", "0.50000"]],
    ["binary noise", [0.1 + 0.2, 1], ["0.3", "1.0"]],
    ["what decimals would hide", [1e-9, 1], ["1e-9", "1"]],
    ["out of proportion", [1.23456789e300, 2], ["1.2346e+300", "2"]],
    ["not finite", [Number.NaN, Number.NEGATIVE_INFINITY, 1.25], ["NaN", "-Infinity", "1.25"]],
    ["negative", [-1.5, 10], ["-1.5", "10.0"]],
  ])("%s", async (_, values, expected) => {
    const { text } = await rendered(values.map((v) => ({ v })));
    const cells = text.split("\n").slice(3, -1);
    expect(cells.map((line) => line.split(/ +/)[1])).toEqual(expected);
    // Right-aligned.
    expect(new Set(cells.map((line) => line.length)).size).toBe(1);
  });
});

describe("dates", () => {
  test.each([
    [
      ["2026-01-01", "2026-02-01"],
      ["2026-01-01", "2026-02-01"],
    ],
    [
      ["2026-01-01", "2026-02-01T10:00:00Z"],
      ["2026-01-01T00:00:00Z", "2026-02-01T10:00:00Z"],
    ],
    [["2026-01-01T00:00:00.5Z"], ["2026-01-01T00:00:00.500Z"]],
    [
      ["never", "2026-01-01"],
      ["Invalid Date", "2026-01-01"],
    ],
  ])("%j", async (given, expected) => {
    const { text } = await rendered(given.map((date) => ({ at: new Date(date) })));
    expect(text.split("\n").slice(3, -1)).toEqual(expected.map((cell, i) => `${i}  ${cell}`));
  });
});

describe("types in the head", () => {
  test.each<[unknown[], string]>([
    [[1, "a"], "number | string"],
    [[1, "a", true], "mixed"],
    [[1, null], "number | null"],
    [[undefined, null], "null | undefined"],
    [[[1], [2]], "array"],
    [[{}, new Date(0)], "Date | object"],
  ])("%j", async (values, expected) => {
    const { text } = await rendered(values.map((v) => ({ v })));
    expect(text.split("\n")[1]?.trim()).toBe(expected);
  });
});

test("HTML in names, keys and cells is escaped", async () => {
  const evil = `<img src=x onerror="alert('1')">&`;
  const escaped = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;";
  const { html } = await rendered(new Map([[evil, { [evil]: evil, nested: { [evil]: [evil] } }]]));
  expect(html).not.toContain("<img");
  expect(html.split(escaped)).toHaveLength(1 + 4);
});

describe("what is no table", () => {
  test.each<[string, unknown]>([
    ["an empty array", []],
    ["empty records", [{}]],
    ["mixed elements", [{ a: 1 }, 2]],
    ["instances", [new (class A {})()]],
    ["arrays of two lengths", { a: [1], b: [1, 2] }],
    ["arrays of objects", { results: [{ id: 1 }] }],
    ["an empty object", {}],
    ["empty columns", { a: [], b: [] }],
  ])("%s", async (_, value) => {
    expect(Object.keys((await render(value)).data)).toEqual(["text/plain"]);
  });
});
