import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { describeError, installCellSource } from "../../../kernel/display/error.js";
import { InputError } from "../../../kernel/extension/index.js";

afterEach(() => installCellSource(() => undefined));

const lines = (error: unknown) =>
  describeError(error).traceback.map((line) => stripVTControlCharacters(line));

function withStack<E extends Error>(error: E, ...frames: string[]): E {
  const head = `${error.name}: ${error.message}`;
  error.stack = [head, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

test("the code around the deepest place in a cell, then the stack without Node's frames", () => {
  const source = ["function f(x) {", "  const y = 1;", "\treturn x.a.b;", "}", "", "f({});"];
  installCellSource((count) => (count === 3 ? source.join("\n") : "f()"));
  const error = withStack(
    Object.assign(new TypeError("no b"), { code: "E_B", errno: -2, own: { deep: { er: {} } } }),
    "node:internal/x:1:1",
    "Array.map (<anonymous>)",
    "async f (Cell [3]:3:13)",
    "Cell [4]:1:1",
    `run (file://${process.cwd()}/lib/run.ts:7:1)`,
    "new Foo (/elsewhere/foo.js:1:2)",
    "process.processTicksAndRejections (node:internal/process/task_queues:77:11)",
  );
  expect(describeError(error)).toMatchObject({ ename: "TypeError", evalue: "no b" });
  expect(lines(error)).toEqual([
    "TypeError: no b",
    "  code: E_B, errno: -2, own: { deep: { er: {} } }",
    "",
    "  1 | function f(x) {",
    "  2 |   const y = 1;",
    "> 3 | \treturn x.a.b;",
    "    | \t           ^",
    "  4 | }",
    "  5 |",
    "",
    "    at async f (Cell [3]:3:13)",
    "    at Cell [4]:1:1",
    "    at run (lib/run.ts:7:1)",
    "    at new Foo (/elsewhere/foo.js:1:2)",
  ]);
});

test("causes are indented and end at a circle", () => {
  const outer = withStack(new Error("outer"), "Cell [1]:1:1");
  const inner = withStack(new RangeError("inner", { cause: outer }), "Cell [2]:1:1");
  outer.cause = inner;
  expect(lines(outer)).toEqual([
    "Error: outer",
    "    at Cell [1]:1:1",
    "  Caused by: RangeError: inner",
    "      at Cell [2]:1:1",
    "    Caused by: Error (shown above)",
  ]);
});

test("the members of an AggregateError", () => {
  const members = Array.from({ length: 12 }, (_, i) => withStack(new Error(`${i}`)));
  const shown = lines(withStack(new AggregateError(members, "all failed")));
  expect(shown).toHaveLength(12);
  expect(shown[0]).toBe("AggregateError: all failed");
  expect(shown[1]).toBe("  [0] Error: 0");
  expect(shown.at(-1)).toBe("  … 2 more errors");
});

test("an InputError has its message and one place", () => {
  const error = withStack(new InputError("no column x"), "Cell [2]:1:5", "Cell [1]:1:1");
  expect(lines(error)).toEqual(["InputError: no column x", "    at Cell [2]:1:5"]);
  expect(lines(withStack(new InputError("bad"), "/a/b.js:1:1"))).toEqual(["InputError: bad"]);
});

describe("what was thrown is no error", () => {
  class Odd {
    a = 1;
  }
  test.each<[unknown, string, string]>([
    [42, "number", "42"],
    ["text", "string", "text"],
    [undefined, "undefined", "undefined"],
    [null, "null", "null"],
    [{ a: 1 }, "Object", "{ a: 1 }"],
    [new Odd(), "Odd", "Odd { a: 1 }"],
    [Object.create(null), "object", "[Object: null prototype] {}"],
    [Symbol("s"), "symbol", "Symbol(s)"],
  ])("%o", (thrown, ename, evalue) => {
    expect(describeError(thrown)).toMatchObject({ ename, evalue });
    expect(lines(thrown)).toEqual([`Uncaught ${evalue}`]);
  });
});

describe("hostile errors", () => {
  const get = () => {
    throw new Error("trap");
  };
  test.each<[string, () => unknown]>([
    [
      "properties that throw",
      () => {
        const error = new Error("x");
        for (const key of ["stack", "name", "message", "cause", "errors", "code"]) {
          Object.defineProperty(error, key, { get, enumerable: true });
        }
        return error;
      },
    ],
    ["a proxy", () => new Proxy(new Error("x"), { get, ownKeys: get, getPrototypeOf: get })],
    ["a name that is no text", () => Object.assign(new Error("x"), { name: 5 })],
    ["no message", () => Object.assign(new Error(), { message: undefined })],
    ["a stack that is no text", () => Object.assign(new Error("x"), { stack: {} })],
    ["errors that are none", () => Object.assign(new AggregateError([]), { errors: 5 })],
  ])("%s", (_, make) => {
    const { ename, evalue, traceback } = describeError(make());
    expect(typeof ename).toBe("string");
    expect(typeof evalue).toBe("string");
    expect(traceback.length).toBeGreaterThan(0);
  });

  test("a message of a megabyte and a thousand causes are bounded", () => {
    let error = new Error("x".repeat(1_000_000));
    for (let i = 0; i < 1_000; i++) error = new Error(`${i}`, { cause: error });
    expect(lines(error).join("\n").length).toBeLessThan(50_000);
    expect(describeError(new Error("x".repeat(1_000_000))).evalue.length).toBeLessThan(100_100);
  });

  test("a message that looks like a stack", () => {
    const error = withStack(new Error("x\n    at Cell [9]:1:1"), "Cell [1]:1:1");
    expect(lines(error)).toEqual(["Error: x", "    at Cell [9]:1:1", "    at Cell [1]:1:1"]);
  });
});

test("a long line is shown around its column", () => {
  installCellSource(() => `${"a".repeat(5_000)}BANG${"b".repeat(5_000)}`);
  const shown = lines(withStack(new Error("x"), "Cell [1]:1:5001"));
  const [code = "", mark = ""] = shown.slice(2, 4);
  expect(code.length).toBeLessThan(140);
  expect(code[mark.indexOf("^")]).toBe("B");
});
