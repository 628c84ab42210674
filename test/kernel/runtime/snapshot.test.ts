import { inspect } from "node:util";
import { expect, test } from "vitest";
import { describe } from "../../../kernel/runtime/snapshot.js";

class Animal {
  name = "Rex";
  get loud() {
    throw new Error("a getter ran");
  }
  speak(words: string, times = 1) {
    return words.repeat(times);
  }
}
class Dog extends Animal {
  override speak(words: string) {
    return words;
  }
}

test.each<[unknown, string, string]>([
  [1, "number", "1"],
  ["a'b", "string", `"a'b"`],
  [null, "null", "null"],
  [undefined, "undefined", "undefined"],
  [5n, "bigint", "5n"],
  [[1, 2, 3], "number[3]", "[ 1, 2, 3 ]"],
  [[1, "a"], "(number | string)[2]", "[ 1, 'a' ]"],
  [[], "unknown[0]", "[]"],
  [[1, "a", null, true], "mixed[4]", "[ 1, 'a', null, true ]"],
  [[{}], "object[1]", "[ {} ]"],
  [new Map([["a", 1]]), "Map(1)", "Map(1) [ [ 'a', 1 ] ]"],
  [new Set([1]), "Set(1)", "Set(1) [ 1 ]"],
  [
    new Float32Array(12),
    "Float32Array(12)",
    "Float32Array(12) [ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 2 more ]",
  ],
  [new Date(0), "Date", "1970-01-01T00:00:00.000Z"],
  [/a+/g, "RegExp", "/a+/g"],
  [new TypeError("bad"), "TypeError", "TypeError: bad"],
  [{ a: { b: { c: { d: 1 } } } }, "object", "{ a: { b: { c: [Object] } } }"],
  [new Dog(), "Dog", "Dog { name: 'Rex' }"],
  [Dog, "class Dog", "[class Dog]"],
  [
    function add(a: number, b: number) {
      return a + b;
    },
    "function",
    "[Function: add]",
  ],
  [async () => 1, "async function", "[Function: (anonymous)]"],
  [Promise.resolve(1), "Promise", "[Promise]"],
  [Object.create(null), "object", "{}"],
])("%#: %s", (value, type, text) => {
  expect(describe(value)).toMatchObject({ type, preview: text });
});

test("members, inherited and built-in, each level", () => {
  const dog = describe(new Dog());
  expect(Object.keys(dog.members ?? {})).toEqual(["name"]);
  expect(dog.inherited?.loud).toBeNull();
  expect(dog.inherited?.speak).toMatchObject({ type: "function", arity: 1 });
  expect(dog.builtin).toBe("Object");
  const nested = describe({ a: { b: { c: 1 } }, list: [1] });
  expect(nested.members?.a?.members?.b).toMatchObject({ type: "object" });
  expect(nested.members?.a?.members?.b?.members).toBeUndefined();
  expect(nested.members?.list).toMatchObject({ type: "number[1]", builtin: "Array" });
  expect(describe("x").builtin).toBe("String");
});

test("is plain data, whatever the keys", () => {
  const odd = JSON.parse('{"__proto__": 1, "constructor": 2, "a b": 3}');
  const copy = structuredClone(describe(odd));
  expect(Object.keys(copy.members ?? {}).sort()).toEqual(["__proto__", "a b"]);
});

test("no getter, trap or custom inspection runs", () => {
  const boom = () => {
    throw new Error("user code ran");
  };
  const proxy = new Proxy(class {}, {
    get: boom,
    ownKeys: boom,
    getPrototypeOf: boom,
    getOwnPropertyDescriptor: boom,
    has: boom,
  });
  class Sly {
    static get name(): string {
      return boom();
    }
    get [Symbol.toStringTag](): string {
      return boom();
    }
    [inspect.custom]() {
      return boom();
    }
    toJSON() {
      return boom();
    }
  }
  class SlyMap extends Map {
    override get size(): number {
      return boom();
    }
    override entries(): never {
      return boom();
    }
    override [Symbol.iterator](): never {
      return boom();
    }
  }
  class SlyArray extends Float64Array {
    override get length(): number {
      return boom();
    }
  }
  class SlyRegExp extends RegExp {
    override get flags(): string {
      return boom();
    }
  }
  const values = [proxy, new Sly(), new SlyMap(), new SlyArray(2), new SlyRegExp("a")];
  const holder: object = Object.defineProperty({ values, map: new Map([[proxy, proxy]]) }, "x", {
    enumerable: true,
    get: boom,
  });
  for (const value of [...values, values, holder, Object.create(proxy), Object.create(holder)]) {
    expect(() => structuredClone(describe(value))).not.toThrow();
  }
  expect(describe(proxy)).toEqual({ type: "Proxy", preview: "[Proxy]" });
  expect(describe(holder).members?.x).toBeNull();
});

test("is bounded", () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, { i }]));
  const count = (entry: object | null | undefined): number =>
    Object.values((entry as { members?: Record<string, object> })?.members ?? {}).reduce(
      (sum, member) => sum + 1 + count(member),
      0,
    );
  expect(count(describe(wide))).toBeLessThanOrEqual(500);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(describe(circular).preview).toBe("{ self: { self: { self: [Object] } } }");
  expect(describe(Array.from({ length: 1e6 }, (_, i) => i)).type).toBe("number[1000000]");
});

test("functions carry their source, at most 10 kB", () => {
  expect(describe(Animal.prototype.speak).source).toContain("words.repeat(times)");
  const long = new Function(`return ${"1+".repeat(20_000)}1`);
  expect(describe(long).source).toHaveLength(10_000);
});
