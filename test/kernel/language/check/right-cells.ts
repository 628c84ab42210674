import type { Case } from "./case.js";

/** Cells with nothing wrong in them. */
export const RIGHT: Record<string, Case> = {
  "a generic that is declared again": {
    cells: [
      `class Box<T> { constructor(readonly value: T) {} }
const box = new Box(1);`,
      "class Box<K, V> { constructor(readonly key: K, readonly value: V) {} }",
      'const pair: Box<string, number> = new Box("a", box.value);',
    ],
    file: [],
  },
  "a name of every kind": {
    cells: [
      "const a = 1;",
      `let a = "2";
a.length;`,
      `function a(by: number) { return by; }
a(1);`,
      `class a { b = 1 }
new a().b;`,
      `enum a { c }
a.c;`,
      `import * as a from "node:path";
a.sep;`,
      `namespace a { export const d = 1; }
a.d;`,
      `var a: number[] = [];
a.length;`,
    ],
    file: [],
  },
  overloads: {
    cells: [
      `function pad(value: number): string;
function pad(value: string, by: number): string;
function pad(value: number | string, by = 0) { return \`\${value}\${by}\`; }`,
      `pad(1).length;
pad("a", 2);`,
    ],
  },
  "a namespace in a namespace": {
    cells: [
      `namespace Shop.Rates {
  export interface Rate { of: number }
  export const base: Rate = { of: 1 };
}`,
      `const rate: Shop.Rates.Rate = Shop.Rates.base;
import Rates = Shop.Rates;
Rates.base.of.toFixed();`,
      "Rates.base.of;",
    ],
  },
  "declarations that merge": {
    cells: [
      `interface Row { a: number }
interface Row { b: string }
class Shop { a = 1 }
interface Shop { b: number }
namespace Shop { export const c = 1; }`,
      `const row: Row = { a: 1, b: "" };
new Shop().b + new Shop().a + Shop.c;`,
    ],
  },
  "circular types": {
    cells: [
      `type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Tree { children: Tree[]; parent?: Tree }`,
      `const json: Json = { a: [1, { b: null }] };
const tree: Tree = { children: [{ children: [] }] };`,
    ],
  },
  "functions that call each other": {
    cells: [
      `function even(n: number): boolean { return n === 0 || odd(n - 1); }
function odd(n: number): boolean { return n !== 0 && even(n - 1); }`,
      "even(2) && odd(1);",
    ],
  },
  "globals that are shadowed": {
    cells: [
      `const Map = { of: (a: number) => a };
const fetch = 1;
class Error { code = 1 }
type Array = string;
const Promise = 2;`,
      `Map.of(1);
fetch.toFixed();
new Error().code;
const text: Array = "";
Promise.toFixed();
const list = [1].map(String);`,
    ],
  },
  "names that a browser has": {
    cells: [
      'const name = "a", status = 1, event = {}, location = [1], top = 2, parent = 3, length = 4, self = 5, window = 6, document = 7;',
      "name.length; status.toFixed(); location.map(String); top + parent + length + self + window + document; event;",
    ],
  },
  "await in for-of": {
    cells: [
      "async function* pages() { yield [1, 2]; }",
      `for await (const page of pages()) page.length;
for (const row of await Promise.all([1, 2])) row.toFixed();`,
    ],
  },
  "await wherever a value may be": {
    cells: [
      `const a = (await Promise.resolve([1])).map((n) => n * 2);
if (await Promise.resolve(true)) a.push(await Promise.resolve(1));
label: while (await Promise.resolve(false)) break label;`,
      "a.length;",
    ],
  },
  decorators: {
    cells: [
      `function logged<This, Args extends unknown[], R>(method: (this: This, ...args: Args) => R, context: ClassMethodDecoratorContext) { return function (this: This, ...args: Args) { context.name; return method.apply(this, args); }; }
const field = (value: undefined, context: ClassFieldDecoratorContext) => (initial: number) => initial;`,
      `class Shop {
  @logged add(by: number) { return by; }
  @field rate = 1;
}
new Shop().add(1) + new Shop().rate;`,
    ],
  },
  "decorated classes": {
    cells: [
      "const sealed = <T extends abstract new (...args: never) => object>(value: T, context: ClassDecoratorContext<T>) => {};",
      `@sealed
class Shop { open() { return 1; } }`,
      "new Shop().open();",
    ],
  },
  enums: {
    cells: [
      `enum Channel { search = "s", mail = "m" }
enum Level { low, high = low + 5 }`,
      `const channel: Channel = Channel.mail;
const level: Level = 0;
Level[level].length;
const by: Record<Channel, number> = { [Channel.search]: 1, [Channel.mail]: 2 };
const c: \`\${Channel}\` = "s";`,
    ],
  },
  "const enums": {
    cells: [
      `const enum Size { small = 1, large = 2 }
declare enum Ambient { a }`,
      `const size: Size = Size.small;
Size["large"];`,
    ],
  },
  "abstract classes": {
    cells: [
      `abstract class Model<T> {
  abstract fit(x: T[]): this;
  describe() { return \`\${this.constructor.name}\`; }
}`,
      `class Mean extends Model<number> {
  mean = 0;
  override fit(x: number[]) { this.mean = x.length; return this; }
}`,
      `new Mean().fit([1]).mean;
const models: Model<number>[] = [new Mean()];`,
    ],
  },
  satisfies: {
    cells: [
      'const colors = { red: "#f00", green: [0, 1, 0] } satisfies Record<string, string | number[]>;',
      `colors.red.length;
colors.green.map(String);`,
    ],
  },
  using: {
    cells: [
      `using file = { size: 1, [Symbol.dispose]() {} };
await using other = { async [Symbol.asyncDispose]() {} };
file.size;`,
      "file.size;",
    ],
  },
  "template literal types": {
    cells: [
      `type Unit = \`\${number}\${"px" | "em"}\`;
type Key<T extends string> = \`on\${Capitalize<T>}\`;
const px = <N extends number>(n: N): \`\${N}px\` => \`\${n}px\`;`,
      `const a: Unit = "3px";
const key: Key<"click"> = "onClick";
const b: "4px" = px(4);`,
    ],
  },
  "assertion functions": {
    cells: [
      `function assertNumber(value: unknown): asserts value is number {
  if (typeof value !== "number") throw new Error();
}
function assert(value: unknown): asserts value {}`,
      `const value: unknown = 1;
assertNumber(value);
value.toFixed();
const text: string | undefined = ["a"][0];
assert(text);
text.length;`,
    ],
  },
  "assertion functions of Node": {
    cells: [
      'import assert from "node:assert/strict";',
      `const found = ["a"].find(Boolean);
assert(found);
found.length;
assert.ok(found);`,
    ],
  },
  "type guards": {
    cells: [
      `interface Cat { kind: "cat"; meow(): string }
interface Dog { kind: "dog"; bark(): string }
const isCat = (pet: Cat | Dog): pet is Cat => pet.kind === "cat";
class Pet { isOld(): this is { age: number } { return true; } }`,
      `const speak = (pet: Cat | Dog) => isCat(pet) ? pet.meow() : pet.bark();
const pet = new Pet();
if (pet.isOld()) pet.age.toFixed();
[1, undefined].filter((n) => n !== undefined).map((n) => n.toFixed());`,
    ],
  },
  destructuring: {
    cells: [
      `const { a, b: { c = 1 } = {}, ...rest } = { a: 1, b: { c: 2 }, d: "x", e: true };
let [x, , y = 3, ...others] = [1, 2, 3, 4];`,
      `({ a: x, ...others } = { a: 1, ...others });
[x, y] = [y, x];
rest.d.length;
rest.e;
c + a;
others.length;`,
    ],
  },
  "async generators": {
    cells: [
      `async function* count(to: number): AsyncGenerator<number, string, boolean | undefined> {
  for (let i = 0; i < to; i++) if (yield i) return "stopped";
  return "done";
}`,
      `const counted = count(3);
const { value, done } = await counted.next(true);
if (done) value?.toString();`,
    ],
  },
  "unique symbols": {
    cells: [
      `const key: unique symbol = Symbol();
const other = Symbol();`,
      "interface Keyed { [key]: number; [other]?: string }",
      `const keyed: Keyed = { [key]: 1 };
keyed[key].toFixed();
keyed[other]?.length;
const same: typeof key = key;`,
    ],
  },
  "getters and setters": {
    cells: [
      `class Meter {
  #value = 1;
  get value(): number { return this.#value; }
  set value(to: number | string) { this.#value = Number(to); }
  static { this.name; }
}
const object = { get a() { return 1; }, set a(to) {} };`,
      `const meter = new Meter();
meter.value = "2";
meter.value.toFixed();
object.a = 2;`,
    ],
  },
  "modules of Node": {
    cells: [
      `import { readFile, writeFile } from "node:fs/promises";
import path, { join as joined } from "node:path";
import * as os from "os";
import { EventEmitter, once } from "node:events";`,
      `path.join(joined("a"), os.EOL);
const read = (file: string) => readFile(file, "utf8").then((text) => text.length);
class Shop extends EventEmitter<{ sold: [number] }> {}
new Shop().on("sold", (n) => n.toFixed());
const emitter: EventEmitter = new EventEmitter();`,
    ],
  },
  "what Node has": {
    cells: [
      `process.env.HOME?.length;
Buffer.from("a").toString("hex");
setTimeout(() => {}, 1).unref();
new URL("http://a").searchParams.get("b");
structuredClone({ a: 1 }).a;
const response = await fetch("http://a").catch(() => undefined);
await response?.json();
globalThis.queueMicrotask(() => {});
performance.now();
new AbortController().abort();
new TextEncoder().encode("");
console.table([]);
crypto.randomUUID();`,
      "response?.status;",
    ],
  },
  "import.meta and require": {
    cells: [
      `import.meta.url.length;
import.meta.dirname;
require("node:fs");
__filename;
__dirname;
module;
exports;`,
    ],
  },
  "a package": {
    cells: [
      `import { compile, type TopLevelSpec } from "vega-lite";
import * as arrow from "apache-arrow";`,
      `const spec: TopLevelSpec = { mark: "bar", data: { values: [] } };
compile(spec).spec;
const table = arrow.tableFromArrays({ a: [1, 2] });`,
      `table.numRows.toFixed();
const other: arrow.Table = table;`,
    ],
  },
  "a package that is imported later": {
    cells: [
      `const lite = await import("vega-lite");
const { join } = await import("node:path");`,
      `lite.compile({ mark: "bar", data: { values: [] } });
join("a");`,
    ],
  },
  "a file of the folder": {
    cells: [
      `import Model, { rate, type Rate } from "./model.ts";
import * as all from "./model.js";`,
      `const one: Rate = rate(1);
new Model().fit().toFixed();
all.rate(2).value;
const model: Model = new all.default();`,
    ],
  },
  "a JSON file": {
    cells: [
      `import config from "./config.json" with { type: "json" };
import * as other from "./config.json";`,
      `config.seed.toFixed();
config.names.map((name) => name.length);`,
    ],
  },
  "emoji and Chinese": {
    cells: [
      'const 点击 = 1; const ñandú = "🎉"; const \\u0061b = 2; const $ = 3; const _x = 4; const 𝒳 = 5;',
      "点击.toFixed() + ñandú.length + ab + $ + _x + 𝒳;",
    ],
  },
  "lines that end as on Windows": {
    cells: ["const a = {\r\n  b: 1,\r\n};\r\n", "a.b.toFixed();\r\n\r\n// end\r\n"],
  },
  "a comment at the end": {
    cells: ["const a = 1; // why", "a; /* so */ // and", "/** doc */"],
  },
  "nothing at all": {
    cells: ["", "   \n\t\n", "// only this", ";"],
  },
  "declare global": {
    cells: [
      `declare global {
  interface Array<T> { middleOf(): T }
  var storeRate: number;
}
Array.prototype.middleOf = function () { return this[0]; };
globalThis.storeRate = 1;`,
      "const middle: number = [1].middleOf() + storeRate;",
    ],
  },
  "declare global, run again and changed": {
    cells: [
      `declare global {
  interface Array<T> { firstOf(): T }
  var lastRate: number;
}
const kept = 1;`,
      `declare global {
  interface Array<T> { firstOf(): T }
  var lastRate: number;
}
const kept = 1;`,
      `declare global {
  interface Array<T> { firstOf(): T[] }
  interface Array<T> { lastOf(): T }
  var lastRate: string;
}
lastRate = "1";`,
      "[1].firstOf().length + lastRate.length + [1].lastOf().toFixed() + kept;",
    ],
    file: [],
  },
  "a module that is augmented": {
    cells: [
      `declare module "node:path" {
  interface ParsedPath { isStore?: boolean }
}
export {};`,
      `import { parse } from "node:path";
parse("a").isStore === true;`,
    ],
  },
  "labelled tuples": {
    cells: [
      `type Point = [x: number, y: number, label?: string];
const at = (...[x, y, label]: Point) => ({ x, y, label });`,
      `at(1, 2).x;
const [x, ...others]: readonly [a: number, ...b: string[]] = [1, "2"];
others.map((one) => one.length);`,
    ],
  },
  "mapped and conditional types": {
    cells: [
      `type Nullable<T> = { -readonly [K in keyof T]?: T[K] | null };
type Getters<T> = { [K in keyof T as \`get\${Capitalize<K & string>}\`]: () => T[K] };
type Item<T> = T extends readonly (infer U extends number)[] ? U : never;`,
      `const n: Nullable<{ readonly a: number }> = { a: null };
n.a = 1;
const g: Getters<{ rate: number }> = { getRate: () => 1 };
const item: Item<[1, 2]> = 2;`,
    ],
  },
  "this types": {
    cells: [
      `class Query {
  where(by: string): this { return this; }
}
class Sales extends Query { total() { return 1; } }
function size(this: { length: number }) { return this.length; }`,
      `new Sales().where("a").total();
size.call("abc");`,
    ],
  },
  "variables that are assigned to": {
    cells: [
      `let count = 1;
let names: string[] | undefined;
var total = 0;`,
      `count += 1;
names = ["a"];
names.push("b");
total++;
for (count of [1, 2]) total += count;`,
    ],
  },
  "a variable made anew of itself": {
    cells: [
      `let x = 1;
const rows = [1, 2];`,
      "let x = x + 1;",
      `const rows = rows.filter((row) => row > 1);
var x = x + 1;`,
      `rows.length;
x.toFixed();`,
    ],
    file: [],
  },
  "a type and a value of one name": {
    cells: [
      `interface Goal { id: number }
const Goal = (id: number): Goal => ({ id });
type Id<T> = T;
function Id<T>(value: T): Id<T> { return value; }`,
      `const goal: Goal = Goal(1);
const id: Id<string> = Id("a");`,
    ],
  },
  "a value of the name of an earlier type": {
    cells: [
      `type Plan<T> = { rate: T };
interface Row { a: number }`,
      "const Plan = <T>(rate: T): Plan<T> => ({ rate });",
      "const plan: Plan<number> = Plan(1);",
      "let Row: Row[] = [{ a: 1 }];",
      `Row = [];
const row: Row = { a: 1 };`,
    ],
  },
  "a type of the name of an earlier value": {
    cells: [
      `const Rate = 1;
class Store { a = 1 }`,
      "interface Rate { value: number }",
      "const rate: Rate = { value: Rate };",
      "type Store = string;",
      `const store: Store = "";
new Store().a;`,
    ],
    file: [1, 2, 3],
  },
  "import type of the name of an earlier value": {
    cells: [
      'import { Stats, type Dirent } from "node:fs";\nconst Dir = 1;',
      'import type { Dir, Dirent, Stats } from "node:fs";',
      "const size = (stats: Stats, entry: Dirent, dir: Dir) => stats.size + entry.name + dir.path;",
      "interface Stats { own: number }\nconst Dir = 2;",
      "const own = (stats: Stats) => stats.own + Dir;",
    ],
    file: [],
  },
  "import type": {
    cells: [
      `import type { Stats } from "node:fs";
import { type ParsedPath, parse } from "node:path";
import type * as fs from "node:fs";`,
      `const size = (stats: Stats) => stats.size;
const parsed: ParsedPath = parse("a");
type F = typeof fs.readFileSync;
type G = import("node:fs").Stats;`,
    ],
  },
  labels: {
    cells: [
      `outer: for (const a of [1]) { for (const b of [2]) { if (a > b) continue outer; break outer; } }
unused: for (;;) { break; }`,
    ],
  },
  "code that is never reached": {
    cells: [
      `const f = () => { return 1; console.log(2); };
if (false) { f(); }
function never(): never { throw new Error(); }
try { never(); } catch { f(); }`,
    ],
  },
  "errors that are expected": {
    cells: [
      `// @ts-expect-error
const a: string = 1;
// @ts-ignore
const b: string = 2;`,
      `a.length;
b.length;`,
    ],
  },
  exports: {
    cells: [
      `const a = 1, d = 4;
export { a as b, a, d as default };
export const c = 2;
export function f() { return c; }
export class K { x = 1 }
export type T = number;
export interface I { a: T }
export enum E { e }
export namespace N { export const n = 1; }
export const { g, h: [i] } = { g: 1, h: [2] };`,
      "const i1: I = { a: a + c + f() + new K().x + E.e + N.n + g + i };",
    ],
  },
  "exports of other modules": {
    cells: [
      `export { sep, join as joined } from "node:path";
export * from "node:os";
export * as fs from "node:fs";
export type { Stats } from "node:fs";
export * from "./model.ts";`,
      `const sep = 1;
sep.toFixed();`,
    ],
  },
  "a default export": {
    cells: [
      "export default function total(rows: number[]) { return rows.length; }",
      "total([1]);",
      "export default class Shop { open() { return 1; } }",
      "new Shop().open();",
      "export default { a: 1 };",
      "export default abstract class Base {}",
      "export default interface Only { a: 1 }",
      "const only: Only = { a: 1 };",
    ],
    file: [1, 2],
  },
  "the same cell again and again": {
    cells: [
      `const config = { seed: 1 };
function f() { return config; }
type T = typeof config;`,
      `const config = { seed: 1 };
function f() { return config; }
type T = typeof config;`,
      `const config = { seed: 1 };
function f() { return config; }
type T = typeof config;`,
      `const t: T = f();
t.seed;`,
    ],
    file: [3, 4],
  },
  "what earlier cells meant stays so": {
    cells: [
      `type Row = { a: number };
const rows: Row[] = [{ a: 1 }];
function first() { return rows[0]; }`,
      `type Row = { b: string };
const other: Row = { b: "" };`,
      `rows[0]?.a.toFixed();
first()?.a;
other.b.length;`,
    ],
    file: [],
  },
  "accessors and private names": {
    cells: [
      `class Counter {
  accessor count = 1;
  static accessor all = 2;
  #secret = 2;
  has(other: object) { return #secret in other; }
  declare lazy?: string;
  late!: number;
}`,
      `const counter = new Counter();
counter.count = 2;
counter.has(counter);
Counter.all;
counter.lazy?.length;
counter.late;`,
    ],
  },
  "parameter properties": {
    cells: [
      "class Point { constructor(public x: number, readonly y = 2, private z?: string) { this.z; } }",
      `const { x, y } = new Point(1);
x + y;`,
    ],
  },
  "parameters without a type": {
    cells: [
      `const add = (a, b) => a + b;
function each(rows) { for (const row of rows) row.anything; }
let later;
const list = [];
list.push(1);`,
      `add(1, 2);
each([1]);
later = 3;`,
    ],
  },
  "old and new assertions": {
    cells: [
      `const a = <unknown>1;
const b = a as number;
const c = <const>["x"];
const d = { e: 1 } as const;
const f = <T,>(x: T) => x;
const g = [1].at(0)!;`,
      `b.toFixed();
f(c)[0];
d.e;
g.toFixed();`,
    ],
  },
  "import x = require": {
    cells: [
      'import fs = require("node:fs");',
      `fs.existsSync("a");
const stats: fs.Stats | undefined = undefined;`,
    ],
  },
  "generics with constraints": {
    cells: [
      `const pluck = <const T extends Record<string, unknown>, K extends keyof T>(row: T, ...keys: K[]): Pick<T, K> => row;
interface Source<out T> { next(): T }
interface Sink<in T> { put(value: T): void }`,
      `pluck({ a: 1, b: 2 }, "a").a;
const source: Source<unknown> = null as unknown as Source<number>;`,
    ],
  },
  "names of the notebook": {
    cells: [
      `display(1);
display.html("<b>a</b>");
for (const row of progress([1, 2])) row.toFixed();
const answer: string = prompt("who?") ?? "";
In[1]?.length;
Out[1].anything;
_.anything;
_1.anything;
retro;`,
      `const display = 1;
display.toFixed();`,
    ],
    file: [],
  },
  "strict mode words": {
    cells: [
      "const as = 1, of = 2, type = 3, from = 4, async = 5, get = 6, set = 7, satisfies = 8, is = 9, asserts = 10, infer = 11, keyof = 12, namespace = 13, module = 14, declare = 15, abstract = 16, global = 17, accessor = 18, using = 19, out = 20, override = 21;",
      "as + of + type + from + async + get + set + satisfies + is + asserts + infer + keyof + namespace + module + declare + abstract + global + accessor + using + out + override;",
    ],
  },
  "ambient declarations": {
    cells: [
      `declare const injected: { a: number };
declare function native(by: string): number;
declare class Ghost { a: number }
declare namespace Old { const b: string; }
declare let c: number, d: string;`,
      'const use = () => injected.a + native("") + new Ghost().a + Old.b.length + c;',
    ],
  },
  "variables in blocks": {
    cells: [
      `if (true) { var inner = 1; function block() { return 1; } }
for (var i = 0; i < 2; i++) { var deep: string = "a"; }
try { var tried = 1; } finally {}`,
      `inner.toFixed();
i.toFixed();
deep.length;
tried;`,
    ],
    unlike: {
      why: "a cell does not know what those before it have assigned",
      tsc: ["[2]:3:1 TS2454"],
    },
  },
};
