import { Blob as NodeBlob } from "node:buffer";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateCampaignLog } from "../../../datasets/campaign/generate.js";
import { describeType } from "../../../kernel/runtime/describe-type.js";
import { CLASSES } from "../../../kernel/runtime/types/builtin-class.js";
import { TypeBounds } from "../../../kernel/runtime/types/type-bounds.js";
import { typeCheck } from "../../support/type-check.js";

const nobody = () => undefined;
const missing = " | null | undefined";
/** Counts alone bound it here, however slow the machine is. */
const unhurried = () => TypeBounds.ofCell(60_000);
const describe = (value: unknown) => describeType(value, nobody, unhurried());

class Model {
  weight = 1;
}
class Rows extends Array<number> {}
class Lookup extends Map<string, number> {}

const many = (count: number, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`key ${i}`, value(i)]));
const rows = (count: number, row: (i: number) => unknown) =>
  Array.from({ length: count }, (_, i) => row(i));
const cyclic: Record<string, unknown> = { name: "a" };
cyclic.self = cyclic;
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

test.each<[unknown, string | undefined]>([
  ["a", "string"],
  [1, "number"],
  [1n, "bigint"],
  [true, "boolean"],
  [Symbol(), "symbol"],
  // Of what was empty so far, anything may follow.
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
  [[], "any[]"],
  [{ rows: [], best: null }, "{ rows: any[]; best: any }"],

  [{ "user id": "a", age: 3, $a: true }, '{ "user id": string; age: number; $a: boolean }'],
  [{ 'say "hi"\n': 1, "1": 2, ñ: 3 }, '{ "1": number; "say \\"hi\\"\\n": number; ñ: number }'],
  [
    JSON.parse('{ "__proto__": 1, "constructor": "a" }'),
    "{ __proto__: number; constructor: string }",
  ],
  [Object.assign(Object.create(null), { a: 1 }), "{ a: number }"],
  [{ a: { b: { c: ["x"] } } }, "{ a: { b: { c: string[] } } }"],
  [{ f() {}, g: Model, n: 1 }, "{ f: any; g: any; n: number }"],
  [Object.defineProperty({ a: 1 }, "hidden", { value: 1 }), "{ a: number }"],

  [[1, 2], "number[]"],
  [[null, 1, "a", undefined], "(string | number | null | undefined)[]"],
  [[[1], ["a"]], "(string | number)[][]"],
  [[{ a: 1 }, { a: 2 }], "{ a: number }[]"],
  [
    [
      { a: 1, b: "x" },
      { b: null, c: true },
    ],
    "{ a?: number; b: string | null; c?: boolean }[]",
  ],
  [[{ a: { x: 1 } }, { a: { y: "" } }], "{ a: { x?: number; y?: string } }[]"],
  [[{ a: 1 }, null, 3], "(number | { a: number } | null)[]"],
  [[{ toString: 1 }, {}], "{ toString?: any }[]"],
  [[{ t: [] }, { t: ["a"] }], "{ t: string[] }[]"],
  [[new Date(), { a: 1 }, [1]], "(Date | { a: number } | number[])[]"],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
  [[1, , 2], "(number | undefined)[]"],
  [Object.assign([{ a: 1 }], { columns: ["a"] }), "({ a: number }[] & { columns: string[] })"],

  [many(101, (i) => i), "Record<string, number>"],
  [
    many(101, (i) => ({ i, odd: i % 2 ? i : null })),
    "Record<string, { i: number; odd: number | null }>",
  ],
  [[many(101, (i) => i), { a: 1 }], "Record<string, number>[]"],
  [many(301, (i) => (i % 2 ? i : "a")), undefined],
  [nested(5), "{ a: { a: { a: { a: { a: number } } } } }"],
  [nested(7), "{ a: { a: { a: { a: { a: { a: any } } } } } }"],
  [cyclic, "{ name: string; self: any }"],

  [new Map([["a", { n: 1 }]]), "Map<string, { n: number }>"],
  [new Map(), "Map<any, any>"],
  [new Set([1, "a"]), "Set<string | number>"],
  [Promise.resolve(1), "Promise<any>"],
  [Buffer.from("a"), "Buffer"],
  [new RangeError("a"), "RangeError"],
  [Object.assign(new Error("a"), { code: "ENOENT" }), undefined],
  [new Response("a"), "Response"],
  [new NodeBlob([]), "Blob"],
  [{ at: new Date(), pixels: new Uint8Array(2) }, "{ at: Date; pixels: Uint8Array }"],

  [new Model(), undefined],
  [[new Model()], "any[]"],
  [Model, undefined],
  [() => 1, undefined],
  [new Rows(2), undefined],
  [new Lookup(), undefined],
  [Math, undefined],
  [{ a: 1, [Symbol()]: 1 }, undefined],
  [new Proxy({ a: 1 }, {}), undefined],
  [[new Proxy({ a: 1 }, {})], "any[]"],
])("%#: %o", (value, type) => {
  expect(describe(value)).toBe(type);
});

test("all rows of a table of common size tell what may be missing; of a longer one, anything may", () => {
  const short = rows(5_000, (i) => ({ id: i, name: i === 4_999 ? null : "a" }));
  expect(describe(short)).toBe("{ id: number; name: string | null }[]");
  const long = rows(5_001, (i) => ({ id: i, tags: ["a"], user: { age: 1 } }));
  expect(describe(long)).toBe(
    `{ id: number${missing}; tags: (string${missing})[]${missing}; user: { age: number${missing} }${missing} }[]`,
  );
  expect(describe(rows(5_001, Number))).toBe("(number | null | undefined)[]");
  expect(describe(new Set(rows(5_001, Number)))).toBe("Set<number | null | undefined>");
  expect(describe(new Map(rows(5_001, (i) => [i, "a"]) as [number, string][]))).toBe(
    "Map<number, string | null | undefined>",
  );
});

test("the middle and the end of a long table are looked at too", () => {
  const table = rows(100_000, (i) => (i < 50_000 ? { a: 1 } : i < 99_990 ? { b: 1 } : { c: 1 }));
  expect(describe(table)).toMatch(/^\{ a\?: .*; b\?: .*; c\?: .* \}\[\]$/);
});

test("a value is any where the bounds end, and a key is never left out", () => {
  const bounds = unhurried();
  const wide = { first: rows(5_000, () => rows(50, String)), next: { a: 1 }, last: 1 };
  expect(describeType(wide, nobody, bounds)).toBe(
    "{ first: (string | null | undefined)[][]; next: any; last: number }",
  );
  const row = () => ({ id: 1, user: { tags: rows(100, String) } });
  expect(describeType(rows(2_000, row), nobody, unhurried())).toBe(
    `{ id: number${missing}; user: { tags: (string${missing})[]${missing} }${missing} }[]`,
  );
  const keys = Object.fromEntries(
    rows(5, (i) => [`${"k".repeat(20_000)}${i}`, i]) as [string, number][],
  );
  expect(describeType({ keys }, nobody, bounds)).toBe("{ keys: any }");
  expect(describeType([1], nobody, bounds)).toBe("number[]");
});

test("when the time of a cell is over, only primitives are described", () => {
  expect(describeType({ a: 1 }, nobody, TypeBounds.ofCell(-1))).toBeUndefined();
  expect(describeType("a", nobody, TypeBounds.ofCell(-1))).toBe("string");
});

test("extensions are asked first, and for what lies inside", () => {
  const asked: unknown[] = [];
  const extensions = (value: unknown) => {
    asked.push(value);
    if (value instanceof Model) return "Model | undefined";
    if (value instanceof Lookup) throw new Error("broken");
    return undefined;
  };
  expect(describeType(new Model(), extensions)).toBe("Model | undefined");
  expect(describeType({ train: [new Model()], n: 1 }, extensions)).toBe(
    "{ train: (Model | undefined)[]; n: number }",
  );
  expect(describeType(new Lookup(), extensions)).toBeUndefined();
  expect(describeType([new Lookup()], extensions)).toBe("any[]");
  const proxies = [new Proxy({}, {}), [new Proxy({}, {})]];
  for (const proxy of proxies) describeType(proxy, extensions);
  expect(asked.some((value) => value === proxies[0])).toBe(false);
});

test("no getter, trap or code of the user's runs, and nothing throws", () => {
  const ran: string[] = [];
  const trap = new Proxy({}, { get: (_, name) => () => ran.push(String(name)) });
  const proxy = new Proxy({}, trap);
  const getters = (target: object, ...names: PropertyKey[]) => {
    for (const name of names) {
      Object.defineProperty(target, name, { enumerable: true, get: () => ran.push(String(name)) });
    }
    return target;
  };
  const accessors = ["a", "schema", "constructor", "type", "toJSON", "columns", Symbol.iterator];
  const hostile: unknown[] = [
    proxy,
    getters({}, ...accessors, Symbol.toStringTag),
    getters([1], 0, 1, "columns"),
    getters(Object.create(null), ...accessors),
    getters(Object.create(getters({}, ...accessors, "getChildAt")), ...accessors),
    Object.create(proxy),
    Object.setPrototypeOf([1], proxy),
    Object.setPrototypeOf(new Map([[1, 1]]), proxy),
    { constructor: proxy, schema: proxy, getChildAt: proxy },
    Object.assign(Object.create({ getChildAt() {} }), { schema: { fields: proxy } }),
    Object.assign(Object.create({ getChildAt() {} }), { schema: { fields: [proxy, null, 1] } }),
    getters(new Error("a"), "stack", "message", "name"),
    getters(new Map(), "size"),
    new (class extends Map {
      override get size() {
        return ran.push("size");
      }
    })(),
    globalThis,
    process,
    process.env,
    (function () {
      // biome-ignore lint/complexity/noArguments: an odd object
      return arguments;
    })(),
  ];
  for (const value of hostile) {
    describe(value);
    describe([value]);
    describe({ value });
    describe(new Map([[value, value]]));
  }
  expect(ran).toEqual([]);
});

test("Arrow tables, batches and vectors, by their schema", () => {
  const field = (name: string, type: arrow.DataType) => new arrow.Field(name, type, true);
  const types = [
    new arrow.Int32(),
    new arrow.Uint64(),
    new arrow.Float32(),
    new arrow.LargeUtf8(),
    new arrow.DateMillisecond(),
    new arrow.TimestampMicrosecond(),
    new arrow.TimeSecond(),
    new arrow.IntervalMonthDayNano(),
    new arrow.DurationNanosecond(),
    new arrow.Decimal(2, 10),
    new arrow.FixedSizeBinary(4),
    new arrow.DenseUnion([0], [field("a", new arrow.Int8())]),
    new arrow.List(field("item", new arrow.Bool())),
    new arrow.FixedSizeList(2, field("item", new arrow.Float64())),
    new arrow.Struct([field("a b", new arrow.Null())]),
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()),
    new arrow.Map_(
      field(
        "entries",
        new arrow.Struct([field("key", new arrow.Utf8()), field("value", new arrow.Int8())]),
      ) as never,
    ),
  ];
  const schema = new arrow.Schema(types.map((type, i) => field(`c${i}`, type)));
  const short = (value: unknown) => describe(value)?.replaceAll('import("apache-arrow").', "");
  expect(short(new arrow.Table(schema))?.split("; ")).toEqual([
    "Table<{ c0: Int32",
    "c1: Uint64",
    "c2: Float32",
    "c3: LargeUtf8",
    "c4: DateMillisecond",
    "c5: TimestampMicrosecond",
    "c6: TimeSecond",
    "c7: IntervalMonthDayNano",
    "c8: DurationNanosecond",
    "c9: Decimal",
    "c10: FixedSizeBinary",
    "c11: DenseUnion",
    "c12: List<Bool>",
    "c13: FixedSizeList<Float64>",
    'c14: Struct<{ "a b": Null }>',
    "c15: Dictionary<Utf8, Int16>",
    "c16: Map_<Utf8, Int8> }>",
  ]);
  const table = arrow.tableFromArrays({ id: Int32Array.of(1) });
  expect(short(table.batches[0])).toBe("RecordBatch<{ id: Int32 }>");
  expect(short(table.getChild("id"))).toBe("Vector<Int32>");
  expect(short(new arrow.Table())).toBe("Table<{}>");
  expect(short({ train: table })).toBe("{ train: Table<{ id: Int32 }> }");
});

test("the records of a data set", async () => {
  const { records } = await generateCampaignLog();
  expect(describe(records.slice(0, 500))).toBe(
    "{ time: Date; campaign: string; segment: string; creative: string; impressions: number; clicks: number; conversions: number; cost: number }[]",
  );
});

test("the compiler takes every type, and every value as of its type", async () => {
  const table = describe(
    arrow.tableFromArrays({ id: Int32Array.of(1), name: ["a"], at: [new Date()] }),
  );
  const values = fc.sample(fc.jsonValue({ maxDepth: 4 }), {
    numRuns: 400,
    seed: 7,
  });
  const tables = fc.sample(
    fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 5 }), {
      maxLength: 8,
    }),
    { numRuns: 200, seed: 7 },
  );
  const lines = [...values, ...tables].map(
    (value, i) => `const v${i}: ${describe(value) ?? "any"} = ${JSON.stringify(value)};`,
  );
  const classes = [...CLASSES, "Buffer"].map((name, i) => `let k${i}: ${name};`);
  const head = [...lines, ...classes, `declare const table: ${table};`];
  const wrong = [
    'table.getChild("idd");',
    "table.get(0)!.idd;",
    "const age: string = (null! as { age: number }).age;",
  ];
  const right = ['table.getChild("id")!.get(0)!.toFixed();', "table.get(0)!.name.trim();"];
  const said = await typeCheck({
    "values.ts": [...head, ...right, ...wrong, "export {};"].join("\n"),
  });
  const at = head.length + right.length;
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`^values.ts\\(${at + 1},.*TS2345`)),
    expect.stringMatching(
      new RegExp(`^values.ts\\(${at + 2},.*TS2339: Property 'idd' does not exist`),
    ),
    expect.stringMatching(new RegExp(`^values.ts\\(${at + 3},.*TS2322`)),
  ]);
});

test("the same value gives the same type", () => {
  fc.assert(
    fc.property(
      fc.anything({
        withMap: true,
        withSet: true,
        withDate: true,
        withNullPrototype: true,
        withTypedArray: true,
        withSparseArray: true,
      }),
      (value) => {
        expect(describe(value)).toBe(describe(value));
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});
