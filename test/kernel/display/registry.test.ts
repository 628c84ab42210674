import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { registerFormatter, render } from "../../../kernel/display/index.js";

const text = async (value: unknown) => (await render(value)).data["text/plain"];

const undo: (() => void)[] = [];
afterEach(() => {
  for (const take of undo.splice(0)) take();
});

describe("text/plain", () => {
  const circular: Record<string, unknown> = { a: 1 };
  circular.self = circular;
  class Point {
    x = 1;
    readonly #hidden = 2;
    get hidden() {
      return this.#hidden;
    }
  }
  test.each<[string, unknown, string]>([
    ["number", 42, "42"],
    ["string", "it's", '"it\'s"'],
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["bigint", 12n, "12n"],
    ["symbol", Symbol("s"), "Symbol(s)"],
    ["Map", new Map([["a", 1]]), "Map(1) { 'a' => 1 }"],
    ["Set", new Set([1, 2]), "Set(2) { 1, 2 }"],
    ["Date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["invalid Date", new Date(Number.NaN), "Invalid Date"],
    ["instance", new Point(), "Point { x: 1 }"],
    ["circular", circular, "<ref *1> { a: 1, self: [Circular *1] }"],
    ["function", function add() {}, "[Function: add]"],
    ["class", Point, "[class Point]"],
    ["promise", new Promise(() => {}), "Promise { <pending> }"],
    ["URL", new URL("https://a.b/c?d=<e>"), "https://a.b/c?d=%3Ce%3E"],
    ["no prototype", Object.create(null), "[Object: null prototype] {}"],
    [
      "getter",
      {
        get a() {
          throw new Error("called");
        },
      },
      "{ a: [Getter] }",
    ],
    ["array", [[[[[[6]]]]]], "[\n  [\n    [ [ [ [Array] ] ] ]\n  ]\n]"],
    ["regular expression", /a/g, "/a/g"],
    ["-0", -0, "-0"],
    ["empty array", [], "[]"],
    ["numbers in rows", [[1, 2]], "[ [ 1, 2 ] ]"],
    [
      "Float32Array",
      Float32Array.of(0.1, Number.NaN, 2),
      "Float32Array(3) [0.1, NaN, 2]\nmin 0.1 · mean 1.05 · max 2 · 1 NaN",
    ],
    ["BigInt64Array", BigInt64Array.of(1n, 5n), "BigInt64Array(2) [1, 5]\nmin 1 · mean 3 · max 5"],
    ["empty Uint8Array", new Uint8Array(0), "Uint8Array(0) []"],
    ["Buffer", Buffer.from([1, 2]), "Buffer(2) [1, 2]\nmin 1 · mean 1.5 · max 2"],
  ])("%s", async (_, value, expected) => {
    expect(await text(value)).toBe(expected);
  });

  test("a long typed array has its ends and the summary of all of it", async () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
    expect(await text(values)).toBe(
      "Float64Array(1,000,000) [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …, 999997, 999998, 999999]\n" +
        "min 0 · mean 499999.5 · max 999999",
    );
  });

  test("an error has its causes and no ANSI codes", async () => {
    const shown = await text(new TypeError("outer", { cause: new Error("inner") }));
    expect(shown).toMatch(/^TypeError: outer\n(.*\n)+ {2}Caused by: Error: inner\n/);
    expect(shown).not.toContain("\u001b");
  });

  test("ANSI codes of a value's own inspect are taken out", async () => {
    const value = { [Symbol.for("nodejs.util.inspect.custom")]: () => "\u001b[31mred\u001b[39m" };
    expect(await text(value)).toBe("red");
  });
});

describe("bounds", () => {
  test("a huge string", async () => {
    const shown = String(await text("x".repeat(1_000_000)));
    expect(shown.length).toBeLessThan(100_100);
    expect(shown.endsWith("\n… 900,000 more characters")).toBe(true);
  });

  test("an object of 200,000 keys, also inside another", async () => {
    const wide: Record<string, number> = {};
    for (let i = 0; i < 200_000; i++) wide[`k${i}`] = i;
    const start = performance.now();
    const shown = String(await text({ list: [wide] }));
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(shown).toContain("k99: 99,\n");
    expect(shown).toContain("'…': 199,900 more keys");
    expect(shown).not.toContain("k100");
  });

  test("a wide object that says itself how it is shown", async () => {
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]));
    expect(await text(Object.assign(wide, { [inspect.custom]: () => "wide" }))).toBe("wide");
  });

  test("ten million elements", async () => {
    const start = performance.now();
    const shown = String(await text(new Array(10_000_000).fill(7)));
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(shown).toMatch(/9999900 more items\n\]$/);
  });

  test("ten million records", async () => {
    const row = { a: 1 };
    const shown = String(await text(new Array(10_000_000).fill(row)));
    expect(shown).toMatch(/10,000,000 rows × 1 column$/);
  });
});

describe("hostile values", () => {
  const thrower = () => {
    throw new Error("trap");
  };
  const traps = { get: thrower, has: thrower, ownKeys: thrower, getPrototypeOf: thrower };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  // Thunks, as the test runner looks at what it is given.
  test.each<[string, () => unknown]>([
    ["proxy of throwing traps", () => new Proxy({}, traps)],
    ["function proxy", () => new Proxy(() => {}, traps)],
    ["revoked proxy", () => revoked.proxy],
    ["array of proxies", () => [new Proxy({}, traps)]],
    ["throwing toString", () => ({ toString: thrower, [Symbol.toPrimitive]: thrower })],
    ["throwing inspect", () => ({ [Symbol.for("nodejs.util.inspect.custom")]: thrower })],
    ["throwing toStringTag", () => Object.defineProperty({}, Symbol.toStringTag, { get: thrower })],
    ["throwing constructor", () => Object.defineProperty({}, "constructor", { get: thrower })],
    [
      "throwing error",
      () =>
        Object.defineProperties(new Error("x"), {
          stack: { get: thrower },
          message: { get: thrower },
          name: { get: thrower },
        }),
    ],
    ["lone surrogate", () => "a\ud800b"],
  ])("%s", async (_, make) => {
    const value = make();
    const shown = String(await text(value));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.isWellFormed()).toBe(true);
  });

  test("a getter that throws costs its cell, not the table", async () => {
    const row = { a: 1, b: 2 };
    Object.defineProperty(row, "b", { get: thrower, enumerable: true });
    const shown = await text([row]);
    expect(shown).toMatch(/^0 {2} +1 {2}\[?Error: trap/m);
    expect(shown).toMatch(/1 row × 2 columns$/);
  });
});

describe("formatters", () => {
  test("registered ones come first, the last registered before the others, until taken out", async () => {
    const formatter = (name: string) => ({
      name,
      match: (value: unknown) => typeof value === "number",
      format: (value: number) => ({ data: { "text/plain": `${name} ${value}` } }),
    });
    undo.push(registerFormatter(formatter("a")));
    const take = registerFormatter(formatter("b"));
    expect(await text(1)).toBe("b 1");
    take();
    take();
    expect(await text(1)).toBe("a 1");
    expect(await text("s")).toBe("'s'");
  });

  test.each<[string, () => never | Promise<never>]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
  ])("one that %s is named and the value is shown", async (_, format) => {
    undo.push(registerFormatter({ name: "mine", match: () => true, format }));
    expect(await text({ a: 1 })).toBe('{ a: 1 }\n(the formatter "mine" failed: Error: no)');
  });

  test.each([undefined, "text", { data: { plain: "x" } }])(
    "one that gives %j is named",
    async (given) => {
      undo.push(
        registerFormatter({ name: "mine", match: () => true, format: () => given as never }),
      );
      expect(await text(1)).toMatch(/^1\n\(the formatter "mine" failed: /);
    },
  );

  test("a match that throws is no match", async () => {
    const match = (value: unknown) => (value as { kind: string }).kind === "x";
    undo.push(registerFormatter({ name: "mine", match, format: () => ({ data: {} }) }));
    expect(await text(null)).toBe("null");
  });

  test("what they give is made fit to be sent", async () => {
    const data = {
      "image/png": Uint8Array.of(1, 2, 3),
      "application/json": {
        n: 1n,
        big: 2n ** 64n,
        map: new Map([["a", Number.NaN]]),
        at: new Date(0),
      },
      "text/plain": "a\ud800",
      "text/html": undefined,
    };
    undo.push(registerFormatter({ name: "mine", match: () => true, format: () => ({ data }) }));
    expect(await render(0)).toEqual({
      data: {
        "image/png": "AQID",
        "application/json": {
          n: 1,
          big: "18446744073709551616",
          map: { a: null },
          at: "1970-01-01T00:00:00.000Z",
        },
        "text/plain": "a\ufffd",
      },
    });
  });
});

describe("Jupyter.display", () => {
  const DISPLAY = Symbol.for("Jupyter.display");
  class Frame {
    [DISPLAY]() {
      return { "text/html": "<table>" };
    }
    [Symbol.for("nodejs.util.inspect.custom")]() {
      return "shape: (1, 1)";
    }
  }
  test("inherited, without text of its own", async () => {
    const expected = { data: { "text/html": "<table>", "text/plain": "shape: (1, 1)" } };
    expect(await render(new Frame())).toEqual(expected);
    // A frame of nodejs-polars is a proxy.
    expect(await render(new Proxy(new Frame(), {}))).toEqual(expected);
  });

  test("own, on a function, with a promise", async () => {
    const value = Object.assign(() => {}, { [DISPLAY]: async () => ({ "text/plain": "mine" }) });
    expect(await render(value)).toEqual({ data: { "text/plain": "mine" } });
  });

  test("one that throws does not lose the value", async () => {
    const value = {
      a: 1,
      [DISPLAY]: () => {
        throw new Error("no");
      },
    };
    expect(await text(value)).toContain(
      '(the formatter "Symbol.for("Jupyter.display")" failed: Error: no)',
    );
    expect(await text(value)).toContain("a: 1");
  });
});

describe("charts", () => {
  const VEGA_LITE = "application/vnd.vegalite.v5+json";
  const VEGA = "application/vnd.vega.v5+json";
  const data = { values: [{ a: 1 }] };
  const encoding = { x: { field: "a", type: "quantitative" } };
  test.each<[string, object, string]>([
    [
      "$schema",
      { $schema: "https://vega.github.io/schema/vega-lite/v6.json", mark: "bar" },
      VEGA_LITE,
    ],
    ["mark and encoding", { mark: "bar", data, encoding }, VEGA_LITE],
    ["mark object", { mark: { type: "line" }, data, encoding }, VEGA_LITE],
    ["layers", { data, encoding, layer: [{ mark: "line" }, { mark: "point" }] }, VEGA_LITE],
    ["side by side", { data, hconcat: [{ mark: "bar", encoding }] }, VEGA_LITE],
    ["facets", { data, facet: { field: "a" }, spec: { mark: "bar", encoding } }, VEGA_LITE],
    ["Vega", { data: [], marks: [{ type: "rect" }] }, VEGA],
    ["toSpec", { toSpec: () => ({ mark: "bar", data, encoding }) }, VEGA_LITE],
    [
      "toSpec of a class",
      new (class {
        toSpec() {
          return { mark: "bar", data };
        }
      })(),
      VEGA_LITE,
    ],
  ])("%s", async (_, value, mime) => {
    expect(Object.keys((await render(value)).data)).toContain(mime);
  });

  test.each<[string, object]>([
    ["a mark without data", { mark: "bar" }],
    ["a student's mark", { mark: "A", data: {} }],
    ["a map's layers", { layer: [{ name: "roads" }] }],
    ["exam marks", { marks: [1, 2], data: [] }],
    ["another schema", { $schema: "https://json-schema.org/draft/2020-12/schema", mark: "bar" }],
  ])("%s is none", async (_, value) => {
    expect(Object.keys((await render(value)).data)).toEqual(["text/plain"]);
  });
});

describe("pictures", () => {
  const PNG =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAC0lEQVR42mNgwAMAABsAAd36cxwAAAAASUVORK5CYII=";
  const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

  test("a PNG in a buffer has its size", () => {
    expect(render(Buffer.from(PNG, "base64"))).toEqual({
      data: { "image/png": PNG, "text/plain": "[PNG image, 2 × 3, 68 bytes]" },
      metadata: { "image/png": { width: 2, height: 3 } },
    });
  });

  test("a GIF in a byte array", async () => {
    const { data } = await render(new Uint8Array(Buffer.from(GIF, "base64")));
    expect(data).toEqual({ "image/gif": GIF, "text/plain": "[GIF image, 1 × 1, 42 bytes]" });
  });

  test("bytes that only start like one are bytes", async () => {
    expect(await text(Buffer.from("\x89PNG is not enough", "latin1"))).toMatch(/^Buffer\(18\) /);
  });
});

test("nothing is loaded or printed by rendering", async () => {
  const log = vi.spyOn(console, "log");
  await render([{ a: 1 }]);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
