import type { Case } from "./case.js";

/** Cells with something wrong in them, and what is said of it. */
export const WRONG: Record<string, Case> = {
  "a generic that was declared again": {
    cells: [
      `class Box<T> { constructor(readonly value: T) {} }
const box = new Box(1);`,
      "class Box<K, V> { constructor(readonly key: K, readonly value: V) {} }",
      `const pair = new Box("a", 1);
const n: string = pair.value;
box.key;`,
    ],
    problems: [
      "[3]:2:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[3]:3:5 TS2339 Property 'key' does not exist on type 'Box<number>'.",
    ],
    file: [2, 3],
    unlike: {
      why: "box is of a cell that the file leaves out",
      ours: ["[3]:3:5 TS2339"],
      tsc: ["[3]:3:1 TS2552"],
    },
  },
  overloads: {
    cells: [
      `function pad(value: number): string;
function pad(value: string, by: number): string;
function pad(value: number | string, by = 0) { return \`\${value}\${by}\`; }`,
      `pad(1);
pad("a");
pad(true, 2);`,
    ],
    problems: [
      "[2]:2:5 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:3:5 TS2345 Argument of type 'boolean' is not assignable to parameter of type 'string'.",
    ],
  },
  "an implementation that fits no overload": {
    cells: [
      `function twice(value: number): number;
function twice(value: string): string {
  return value + value;
}`,
    ],
    problems: [
      "[1]:1:10 TS2394 This overload signature is not compatible with its implementation signature.",
    ],
  },
  "a namespace": {
    cells: [
      `namespace Shop {
  export const rate = 0.2;
  const hidden = 1;
}`,
      `Shop.rate = 1;
Shop.hidden;
Shop.rates;`,
    ],
    problems: [
      "[2]:1:6 TS2540 Cannot assign to 'rate' because it is a read-only property.",
      "[2]:2:6 TS2339 Property 'hidden' does not exist on type 'typeof Shop'.",
      "[2]:3:6 TS2551 Property 'rates' does not exist on type 'typeof Shop'. Did you mean 'rate'?",
    ],
  },
  "declarations that merge within a cell": {
    cells: [
      `interface Row { a: number }
interface Row { b: string }`,
      `const row: Row = { a: 1 };
const both: Row = { a: 1, b: 2 };`,
    ],
    problems: [
      "[2]:1:7 TS2741 Property 'b' is missing in type '{ a: number; }' but required in type 'Row'.",
      "[2]:2:27 TS2322 Type 'number' is not assignable to type 'string'.",
    ],
  },
  "declarations of two cells do not merge": {
    cells: [
      "interface Row { a: number }",
      "interface Row { b: string }",
      'const row: Row = { a: 1, b: "" };',
    ],
    problems: [
      "[3]:1:20 TS2353 Object literal may only specify known properties, and 'a' does not exist in type 'Row'.",
    ],
    file: [2, 3],
  },
  "a circular type": {
    cells: ["type Loop = Loop | string;", 'type Deep = { next: Deep["next"] };'],
    problems: [
      "[1]:1:6 TS2456 Type alias 'Loop' circularly references itself.",
      "[2]:1:15 TS2502 'next' is referenced directly or indirectly in its own type annotation.",
    ],
  },
  "a class that is its own base": {
    cells: [
      `interface A extends B { a: 1 }
interface B extends A { b: 1 }`,
    ],
    problems: [
      "[1]:1:11 TS2310 Type 'A' recursively references itself as a base type.",
      "[1]:2:11 TS2310 Type 'B' recursively references itself as a base type.",
    ],
  },
  "a recursive type that is used wrongly": {
    cells: [
      "type Tree = { value: number; children?: Tree[] };",
      'const tree: Tree = { value: 1, children: [{ value: 2, children: [{ value: "3" }] }] };',
    ],
    problems: ["[2]:1:68 TS2322 Type 'string' is not assignable to type 'number'."],
  },
  "a global that is shadowed": {
    cells: [
      "const console = { shout: (text: string) => text.toUpperCase() };",
      `console.log("a");
console.shout(1);`,
    ],
    problems: [
      "[2]:1:9 TS2339 Property 'log' does not exist on type '{ shout: (text: string) => string; }'.",
      "[2]:2:15 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
    ],
  },
  "names that a browser has": {
    cells: [
      `const name = 1;
const status = "on";
const event = { id: 1 };`,
      `name.length;
status.id;
event.target;`,
    ],
    problems: [
      "[2]:1:6 TS2339 Property 'length' does not exist on type '1'.",
      "[2]:2:8 TS2339 Property 'id' does not exist on type '\"on\"'.",
      "[2]:3:7 TS2339 Property 'target' does not exist on type '{ id: number; }'.",
    ],
  },
  "await in for-of": {
    cells: [
      "async function* pages() { yield [1, 2]; yield [3]; }",
      `for await (const page of pages()) {
  const first: string = page[0] ?? "";
}
for (const page of pages()) page;`,
    ],
    problems: [
      "[2]:2:9 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:4:20 TS2488 Type 'AsyncGenerator<number[], void, unknown>' must have a '[Symbol.iterator]()' met",
    ],
  },
  "a promise that is not awaited": {
    cells: [
      `const later = Promise.resolve([1]);
later.length;
(await later).size;`,
    ],
    problems: [
      "[1]:2:7 TS2339 Property 'length' does not exist on type 'Promise<number[]>'.",
      "[1]:3:15 TS2339 Property 'size' does not exist on type 'number[]'.",
    ],
  },
  decorators: {
    cells: [
      `function logged(method: (this: Shop, by: number) => number, context: ClassMethodDecoratorContext) { return method; }
class Shop {
  @logged
  add(by: number) { return by; }
  @logged
  name() { return ""; }
}`,
    ],
    problems: [
      `[1]:5:4 TS1241 Unable to resolve signature of method decorator when called as an expression.
  Argument of type '() => string' is not assignable to parameter of type '(this: Shop, by: number) => number'.
    Type 'string' is not assignable to type 'number'.`,
      `[1]:5:4 TS1270 Decorator function return type '(this: Shop, by: number) => number' is not assignable to type 'void | (() => string)'.
  Type '(this: Shop, by: number) => number' is not assignable to type '() => string'.
    Target signature provides too few arguments. Expected 1 or more, but got 0.`,
    ],
  },
  "an enum": {
    cells: [
      'enum Channel { search = "s", mail = "m" }',
      `const a: Channel = "s";
Channel.social;
const b: Channel.mail = Channel.search;`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type '\"s\"' is not assignable to type 'Channel'.",
      "[2]:2:9 TS2339 Property 'social' does not exist on type 'typeof Channel'.",
      "[2]:3:7 TS2322 Type 'Channel.search' is not assignable to type 'Channel.mail'.",
    ],
  },
  "a const enum": {
    cells: [
      "const enum Size { small = 1, large = 2 }",
      `const size: Size.small = 3;
Size[size];
Size.small = 2;`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type '3' is not assignable to type 'Size.small'.",
      "[2]:2:6 TS2476 A const enum member can only be accessed using a string literal.",
      "[2]:3:6 TS2540 Cannot assign to 'small' because it is a read-only property.",
    ],
  },
  "an abstract class": {
    cells: [
      `abstract class Model {
  abstract fit(x: number[]): this;
}`,
      `new Model();
class Mean extends Model {}
class Sum extends Model { fit(x: string[]) { return this; } }`,
    ],
    problems: [
      "[2]:1:1 TS2511 Cannot create an instance of an abstract class.",
      "[2]:2:7 TS2515 Non-abstract class 'Mean' does not implement inherited abstract member fit from class 'Model'.",
      "[2]:3:27 TS2416 Property 'fit' in type 'Sum' is not assignable to the same property in base type 'Model'.",
    ],
  },
  satisfies: {
    cells: [
      `const colors = { red: "#f00", green: 1 } satisfies Record<string, string>;
colors.blue;`,
    ],
    problems: [
      "[1]:1:31 TS2322 Type 'number' is not assignable to type 'string'.",
      "[1]:2:8 TS2339 Property 'blue' does not exist on type '{ red: string; green: number; }'.",
    ],
  },
  using: {
    cells: ["using file = { close() {} };"],
    problems: [
      "[1]:1:14 TS2741 Property '[Symbol.dispose]' is missing in type '{ close(): void; }' but required in ",
    ],
  },
  "await using": {
    cells: [
      `await using file = { async [Symbol.asyncDispose]() {}, size: 1 };
file.sizes;`,
    ],
    problems: [
      "[1]:2:6 TS2551 Property 'sizes' does not exist on type '{ [Symbol.asyncDispose](): Promise<void>; si",
    ],
  },
  "template literal types": {
    cells: [
      `type Unit = \`\${number}\${"px" | "em"}\`;`,
      `const a: Unit = "3px";
const b: Unit = "3pt";`,
    ],
    problems: [
      `[2]:2:7 TS2322 Type '"3pt"' is not assignable to type '\`\${number}em\` | \`\${number}px\`'.`,
    ],
  },
  "an assertion function": {
    cells: [
      `function assertNumber(value: unknown): asserts value is number {
  if (typeof value !== "number") throw new Error();
}`,
      `const value: unknown = 1;
value.toFixed();
assertNumber(value);
value.toFixed();
value.length;`,
    ],
    problems: [
      "[2]:2:1 TS18046 'value' is of type 'unknown'.",
      "[2]:5:7 TS2339 Property 'length' does not exist on type 'number'.",
    ],
  },
  "an assertion function that is a constant without a type": {
    cells: [
      "const assert = (value: unknown): asserts value => { if (!value) throw new Error(); };",
      "assert(1);",
    ],
    problems: [
      "[2]:1:1 TS2775 Assertions require every name in the call target to be declared with an explicit type",
    ],
  },
  "a type guard": {
    cells: [
      `interface Cat { meow(): string }
interface Dog { bark(): string }
const isCat = (pet: Cat | Dog): pet is Cat => "meow" in pet;`,
      `function speak(pet: Cat | Dog) {
  if (isCat(pet)) return pet.bark();
  return pet.meow();
}`,
    ],
    problems: [
      "[2]:2:30 TS2339 Property 'bark' does not exist on type 'Cat'.",
      "[2]:3:14 TS2339 Property 'meow' does not exist on type 'Dog'.",
    ],
  },
  destructuring: {
    cells: [
      'const { a, b: { c }, ...rest } = { a: 1, b: { c: true }, d: "x" };',
      `const [x, y, z]: [number, string] = [1, "2"];
const { e } = rest;
a.length;
c.d;`,
    ],
    problems: [
      "[2]:1:14 TS2493 Tuple type '[number, string]' of length '2' has no element at index '2'.",
      "[2]:2:9 TS2339 Property 'e' does not exist on type '{ d: string; }'.",
      "[2]:3:3 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:4:3 TS2339 Property 'd' does not exist on type 'boolean'.",
    ],
  },
  "an async generator": {
    cells: [
      `async function* count(): AsyncGenerator<number, string, boolean> {
  const go = yield "1";
  return go;
}`,
      "for await (const n of count()) n.length;",
    ],
    problems: [
      "[1]:2:20 TS2322 Type 'string' is not assignable to type 'number'.",
      "[1]:3:3 TS2322 Type 'boolean' is not assignable to type 'string'.",
      "[2]:1:23 TS2763 Cannot iterate value because the 'next' method of its iterator expects type 'boolean",
      "[2]:1:34 TS2339 Property 'length' does not exist on type 'number'.",
    ],
  },
  "unique symbols": {
    cells: [
      `const key: unique symbol = Symbol();
const other: unique symbol = Symbol();`,
      `const keyed = { [key]: 1 };
keyed[other];
keyed[key].length;
const same: typeof key = other;`,
    ],
    problems: [
      "[2]:2:1 TS7053 Element implicitly has an 'any' type because expression of type 'unique symbol' can't",
      "[2]:3:12 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:4:7 TS2322 Type 'typeof other' is not assignable to type 'typeof key'.",
    ],
  },
  getters: {
    cells: [
      `class Meter {
  get value() { return 1; }
  set rate(by: number) {}
  get both(): number { return 1; }
  set both(to: string) {}
}`,
      `const meter = new Meter();
meter.value = 2;
meter.rate.length;
meter.both = 1;`,
    ],
    problems: [
      "[2]:2:7 TS2540 Cannot assign to 'value' because it is a read-only property.",
      "[2]:3:12 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:4:1 TS2322 Type 'number' is not assignable to type 'string'.",
    ],
  },
  "modules of Node": {
    cells: [
      `import { readFile, readfile } from "node:fs/promises";
import path from "node:path";
path.join(1);
const text: string = await readFile("a");`,
    ],
    problems: [
      "[1]:1:20 TS2724 '\"node:fs/promises\"' has no exported member named 'readfile'. Did you mean 'readFile'?",
      "[1]:3:11 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
      "[1]:4:7 TS2322 Type 'NonSharedBuffer' is not assignable to type 'string'.",
    ],
  },
  "a module of Node in a later cell": {
    cells: [
      `import { basename } from "node:path";
import * as os from "node:os";`,
      `basename(os.cpus());
os.cpu();`,
    ],
    problems: [
      "[2]:1:10 TS2345 Argument of type 'CpuInfo[]' is not assignable to parameter of type 'string'.",
      "[2]:2:4 TS2551 Property 'cpu' does not exist on type 'typeof import(\"node:os\")'. Did you mean 'cpus'?",
    ],
  },
  "a package": {
    cells: [
      'import { compile, type TopLevelSpec } from "vega-lite";',
      `const spec: TopLevelSpec = { mark: "bars", data: { values: [] } };
compile();
compile(spec).spec.marker;`,
    ],
    problems: [
      "[2]:1:30 TS2820 Type '\"bars\"' is not assignable to type 'AnyMark'. Did you mean '\"bar\"'?",
      "[2]:2:1 TS2554 Expected 1-2 arguments, but got 0.",
      "[2]:3:20 TS2339 Property 'marker' does not exist on type 'Spec'.",
    ],
  },
  "a package that is not there": {
    cells: [
      `import { groupBy } from "lodash-nowhere";
import deep from "@nobody/nothing/deep.js";
groupBy(1).x;`,
    ],
    problems: [
      "[1]:1:25 TS2307 Cannot find module 'lodash-nowhere' or its corresponding type declarations.",
      "[1]:2:18 TS2307 Cannot find module '@nobody/nothing/deep.js' or its corresponding type declarations.",
    ],
  },
  "a file of the folder": {
    cells: [
      `import { rate, Rates } from "./model.ts";
import { rate as other } from "./model.js";
const text: string = rate(1);
other("1");`,
      "rate(true);",
    ],
    problems: [
      "[1]:1:16 TS2724 '\"./model.ts\"' has no exported member named 'Rates'. Did you mean 'Rate'?",
      "[1]:3:7 TS2322 Type 'Rate' is not assignable to type 'string'.",
      "[1]:4:7 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:1:6 TS2345 Argument of type 'boolean' is not assignable to parameter of type 'number'.",
    ],
  },
  "a JSON file": {
    cells: [
      `import config from "./config.json" with { type: "json" };
config.seed.length;
config.seeds;`,
    ],
    problems: [
      "[1]:2:13 TS2339 Property 'length' does not exist on type 'number'.",
      "[1]:3:8 TS2551 Property 'seeds' does not exist on type '{ seed: number; names: string[]; }'. Did you",
    ],
  },
  "a file that is not there": {
    cells: [
      `import { x } from "./modle.ts";
const y = await import("./nowhere.json");`,
    ],
    problems: [
      "[1]:1:19 TS2307 Cannot find module './modle.ts' or its corresponding type declarations.",
      "[1]:2:24 TS2307 Cannot find module './nowhere.json' or its corresponding type declarations.",
    ],
  },
  "emoji before the error": {
    cells: ['const s = "🎉🎉"; const n: number = s; /* 👩‍👩‍👧 */ const m: number = s;'],
    problems: [
      "[1]:1:25 TS2322 Type 'string' is not assignable to type 'number'.",
      "[1]:1:61 TS2322 Type 'string' is not assignable to type 'number'.",
    ],
  },
  "Chinese names": {
    cells: [
      `const 点击 = 1; const 渠道: string = 点击;
/* 你好 */ 点击.长度;`,
    ],
    problems: [
      "[1]:1:21 TS2322 Type 'number' is not assignable to type 'string'.",
      "[1]:2:13 TS2339 Property '长度' does not exist on type '1'.",
    ],
  },
  "tabs before the error": {
    cells: [
      `\tconst a: number = 1;
\t\tconst b: string\t=\ta;
{
\t\t\tlet c: boolean = b;
}`,
    ],
    problems: [
      "[1]:2:9 TS2322 Type 'number' is not assignable to type 'string'.",
      "[1]:4:8 TS2322 Type 'string' is not assignable to type 'boolean'.",
    ],
  },
  "lines that end as on Windows": {
    cells: ["const a = 1;\r\nconst b: string = a;\r\n\r\nconst c = {\r\n  d: b.lenght,\r\n};\r\n"],
    problems: [
      "[1]:2:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[1]:5:8 TS2551 Property 'lenght' does not exist on type 'string'. Did you mean 'length'?",
    ],
  },
  "lines that end as on old Macs": {
    cells: [
      `const a = 1;\rconst b: string = a;
\u2028const c: string = a;`,
    ],
    problems: [
      "[1]:2:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[1]:3:8 TS2322 Type 'number' is not assignable to type 'string'.",
    ],
    unlike: {
      why: "front ends and language servers take no U+2028 for the end of a line",
      ours: ["[1]:3:8 TS2322"],
      tsc: ["[1]:4:7 TS2322"],
    },
  },
  "blank lines and comments first": {
    cells: [
      `

// why
/* so
   it is */ const a: string = 1;
`,
    ],
    problems: ["[1]:5:19 TS2322 Type 'number' is not assignable to type 'string'."],
  },
  "a message with reasons": {
    cells: [
      "interface Sale { id: number; item: { name: string; price: number } }",
      `const sale: Sale = { id: 1, item: { name: "a", price: "1" } };
const item = { name: 1, price: 2 };
const other: Sale = { id: 1, item };
const f: (sale: Sale) => string = (sale: { id: string }) => sale.id;`,
    ],
    problems: [
      "[2]:1:48 TS2322 Type 'string' is not assignable to type 'number'.",
      `[2]:3:30 TS2322 Type '{ name: number; price: number; }' is not assignable to type '{ name: string; price: number; }'.
  Types of property 'name' are incompatible.
    Type 'number' is not assignable to type 'string'.`,
      `[2]:4:7 TS2322 Type '(sale: { id: string; }) => string' is not assignable to type '(sale: Sale) => string'.
  Types of parameters 'sale' and 'sale' are incompatible.
    Type 'Sale' is not assignable to type '{ id: string; }'.
      Types of property 'id' are incompatible.
        Type 'number' is not assignable to type 'string'.`,
    ],
  },
  "declare global": {
    cells: [
      `declare global {
  interface Array<T> { middle(): T }
  var shopRate: number;
}`,
      `const middle: string = [1].middle();
shopRate.length;
[1].middles();`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:2:10 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:3:5 TS2551 Property 'middles' does not exist on type 'number[]'. Did you mean 'middle'?",
    ],
  },
  "a module that is augmented": {
    cells: [
      `declare module "node:path" {
  interface ParsedPath { isShop: boolean }
}`,
      `import { parse } from "node:path";
parse("a").isShop.length;
parse("a").isShops;`,
    ],
    problems: [
      "[2]:2:19 TS2339 Property 'length' does not exist on type 'boolean'.",
      "[2]:3:12 TS2551 Property 'isShops' does not exist on type 'ParsedPath'. Did you mean 'isShop'?",
    ],
  },
  "a module that is declared": {
    cells: [
      `declare module "shop-rates" {
  export function rate(of: number): number;
}`,
      `import { rate, rates } from "shop-rates";
rate("1");`,
    ],
    problems: [
      "[1]:1:16 TS2664 Invalid module name in augmentation, module 'shop-rates' cannot be found.",
      "[2]:1:29 TS2307 Cannot find module 'shop-rates' or its corresponding type declarations.",
    ],
  },
  "labelled tuples": {
    cells: [
      `type Point = [x: number, y: number, label?: string];
const at = (...point: Point) => point;`,
      `at(1);
at(1, 2, 3);
const point: Point = [1, 2, "a", 4];
point[3];`,
    ],
    problems: [
      "[2]:1:1 TS2554 Expected 2-3 arguments, but got 1.",
      "[2]:2:10 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
      "[2]:3:7 TS2322 Type '[number, number, string, number]' is not assignable to type 'Point'.",
      "[2]:4:7 TS2493 Tuple type 'Point' of length '3' has no element at index '3'.",
    ],
  },
  "mapped types": {
    cells: [
      `type Nullable<T> = { [K in keyof T]: T[K] | null };
type Getters<T> = { readonly [K in keyof T as \`get\${Capitalize<K & string>}\`]: () => T[K] };`,
      `declare const n: Nullable<{ a: number }>;
n.a.toFixed();
declare const g: Getters<{ rate: number }>;
g.getRates();
g.getRate = () => 1;`,
    ],
    problems: [
      "[2]:2:1 TS18047 'n.a' is possibly 'null'.",
      "[2]:4:3 TS2551 Property 'getRates' does not exist on type 'Getters<{ rate: number; }>'. Did you mean",
      "[2]:5:3 TS2540 Cannot assign to 'getRate' because it is a read-only property.",
    ],
  },
  "conditional types": {
    cells: [
      "type Item<T> = T extends readonly (infer U)[] ? U : never;",
      `const item: Item<number[]> = "a";
const none: Item<string> = 1;`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type 'string' is not assignable to type 'number'.",
      "[2]:2:7 TS2322 Type '1' is not assignable to type 'never'.",
    ],
  },
  "this types": {
    cells: [
      `class Query {
  where(by: string): this { return this; }
}
class Sales extends Query { total() { return 1; } }
function size(this: { length: number }) { return this.length; }`,
      `new Sales().where("a").totals();
new Query().where("a").total();
size();
size.call({});`,
    ],
    problems: [
      "[2]:1:24 TS2551 Property 'totals' does not exist on type 'Sales'. Did you mean 'total'?",
      "[2]:2:24 TS2339 Property 'total' does not exist on type 'Query'.",
      "[2]:3:1 TS2684 The 'this' context of type 'void' is not assignable to method's 'this' of type '{ len",
      "[2]:4:11 TS2741 Property 'length' is missing in type '{}' but required in type '{ length: number; }'.",
    ],
  },
  "a constant that is assigned to": {
    cells: [
      `const rate = 1;
const { deep } = { deep: 1 };`,
      `rate = 2;
deep++;
({ rate } = { rate: 1 });
for (rate of [1]) {}`,
    ],
    problems: [
      "[2]:1:1 TS2588 Cannot assign to 'rate' because it is a constant.",
      "[2]:2:1 TS2588 Cannot assign to 'deep' because it is a constant.",
      "[2]:3:4 TS2588 Cannot assign to 'rate' because it is a constant.",
      "[2]:4:6 TS2588 Cannot assign to 'rate' because it is a constant.",
    ],
  },
  "an import that is assigned to": {
    cells: [
      `import { sep } from "node:path";
import * as os from "node:os";
sep = "/";`,
      `sep = "/";
os = 1;`,
    ],
    problems: [
      "[1]:3:1 TS2632 Cannot assign to 'sep' because it is an import.",
      "[2]:1:1 TS2632 Cannot assign to 'sep' because it is an import.",
      "[2]:2:1 TS2632 Cannot assign to 'os' because it is an import.",
    ],
  },
  "functions and classes that are assigned to": {
    cells: [
      `function f() { return 1; }
class C {}
enum E { a }`,
      `f = () => 2;
C = class {};
E = 1;`,
    ],
    problems: [
      "[2]:1:1 TS2630 Cannot assign to 'f' because it is a function.",
      "[2]:2:1 TS2629 Cannot assign to 'C' because it is a class.",
      "[2]:3:1 TS2628 Cannot assign to 'E' because it is an enum.",
    ],
  },
  "a variable of another type": {
    cells: [
      `let count = 1;
var total: number | undefined;`,
      `count = "2";
total = "3";
count.length;`,
    ],
    problems: [
      "[2]:1:1 TS2322 Type 'string' is not assignable to type 'number'.",
      "[2]:2:1 TS2322 Type 'string' is not assignable to type 'number'.",
      "[2]:3:7 TS2339 Property 'length' does not exist on type 'number'.",
    ],
  },
  "names that are not there": {
    cells: [
      "const campaigns = [1];",
      `campagins.length;
const x: Campaign = 1;
missing(1);`,
    ],
    problems: [
      "[2]:1:1 TS2552 Cannot find name 'campagins'. Did you mean 'campaigns'?",
      "[2]:2:10 TS2304 Cannot find name 'Campaign'.",
      "[2]:3:1 TS2304 Cannot find name 'missing'.",
    ],
  },
  "a type used as a value": {
    cells: [
      `interface Row { a: 1 }
type Id = string;`,
      `new Row();
Id.length;
const row = Row;`,
    ],
    problems: [
      "[2]:1:5 TS2693 'Row' only refers to a type, but is being used as a value here.",
      "[2]:2:1 TS2693 'Id' only refers to a type, but is being used as a value here.",
      "[2]:3:13 TS2693 'Row' only refers to a type, but is being used as a value here.",
    ],
  },
  "a value used as a type": {
    cells: [
      `const row = { a: 1 };
let id = 1;`,
      `const other: row = { a: 1 };
let ids: id[];`,
    ],
    problems: [
      "[2]:1:14 TS2749 'row' refers to a value, but is being used as a type here. Did you mean 'typeof row'?",
      "[2]:2:10 TS2749 'id' refers to a value, but is being used as a type here. Did you mean 'typeof id'?",
    ],
  },
  "a type that became a value": {
    cells: [
      "type Plan = { rate: number };",
      "const Plan = { rate: 1 };",
      `const plan: Plan = { rate: "1" };
Plan.rates;`,
    ],
    problems: [
      "[3]:1:22 TS2322 Type 'string' is not assignable to type 'number'.",
      "[3]:2:6 TS2551 Property 'rates' does not exist on type '{ rate: number; }'. Did you mean 'rate'?",
    ],
  },
  "a value that became a type": {
    cells: [
      "const Rate = 1;",
      "interface Rate { value: number }",
      `const rate: Rate = { value: "1" };
Rate.toFixed();`,
    ],
    problems: ["[3]:1:22 TS2322 Type 'string' is not assignable to type 'number'."],
  },
  "a name of a type and a value": {
    cells: [
      `interface Goal { id: number }
const Goal = (id: number): Goal => ({ id });`,
      `const goal: Goal = Goal("1");
const other: Goal = { ids: 1 };`,
    ],
    problems: [
      "[2]:1:25 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:2:23 TS2353 Object literal may only specify known properties, and 'ids' does not exist in type 'Goal'.",
    ],
  },
  "a class with an interface": {
    cells: [
      `interface Shop { open(): void }
class Shop { close() {} }`,
      `const shop = new Shop();
shop.open(1);
shop.clos();`,
    ],
    problems: [
      "[2]:2:11 TS2554 Expected 0 arguments, but got 1.",
      "[2]:3:6 TS2551 Property 'clos' does not exist on type 'Shop'. Did you mean 'close'?",
    ],
  },
  "a function with a namespace": {
    cells: [
      `function rate(by: number) { return by * rate.base; }
namespace rate { export const base = 2; }`,
      `rate("1");
rate.base.length;
rate.bases;`,
    ],
    problems: [
      "[2]:1:6 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:2:11 TS2339 Property 'length' does not exist on type '2'.",
      "[2]:3:6 TS2551 Property 'bases' does not exist on type 'typeof rate'. Did you mean 'base'?",
    ],
  },
  "narrowing of a constant": {
    cells: [
      `const found: string | undefined = ["a"].find(Boolean);
let other: string | undefined = ["a"].find(Boolean);`,
      `found.length;
if (other) other.size;
const f = () => other.length;`,
    ],
    problems: [
      "[2]:1:1 TS18048 'found' is possibly 'undefined'.",
      "[2]:2:18 TS2339 Property 'size' does not exist on type 'string'.",
      "[2]:3:17 TS18048 'other' is possibly 'undefined'.",
    ],
  },
  "import type": {
    cells: [
      `import type { Stats } from "node:fs";
import { type ParsedPath, parse } from "node:path";`,
      `new Stats();
const size: string = (null as unknown as Stats).size;
ParsedPath.root;`,
    ],
    problems: [
      "[2]:1:5 TS1361 'Stats' cannot be used as a value because it was imported using 'import type'.",
      "[2]:2:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:3:1 TS2693 'ParsedPath' only refers to a type, but is being used as a value here.",
    ],
  },
  "an error that is expected": {
    cells: [
      `// @ts-expect-error
const a: string = 1;
// @ts-expect-error
const b: string = "";
// @ts-ignore
const c: string = 2;
const d: string = 3;`,
    ],
    problems: [
      "[1]:3:1 TS2578 Unused '@ts-expect-error' directive.",
      "[1]:7:7 TS2322 Type 'number' is not assignable to type 'string'.",
    ],
  },
  "exported names": {
    cells: [
      `const a = 1;
export { a as b, a };
export const c = 2, d: string = 3;
export default a;`,
      `a.length;
b;
c.length;`,
    ],
    problems: [
      "[1]:3:21 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:1:3 TS2339 Property 'length' does not exist on type '1'.",
      "[2]:2:1 TS2304 Cannot find name 'b'.",
      "[2]:3:3 TS2339 Property 'length' does not exist on type '2'.",
    ],
  },
  "what another module exports": {
    cells: [
      `export { sep as slash, nothing } from "node:path";
export * from "node:os";
export type { Stats } from "node:fs";`,
      `slash;
Stats;`,
    ],
    problems: [
      "[1]:1:24 TS2305 Module '\"node:path\"' has no exported member 'nothing'.",
      "[2]:1:1 TS2304 Cannot find name 'slash'.",
      "[2]:2:1 TS2304 Cannot find name 'Stats'.",
    ],
  },
  "accessors and private names": {
    cells: [
      `class Counter {
  accessor count = 1;
  #secret = 2;
  private own = 3;
  protected mine = 4;
}`,
      `const counter = new Counter();
counter.count = "1";
counter.secret;
counter.own;
counter.mine;`,
    ],
    problems: [
      "[2]:2:1 TS2322 Type 'string' is not assignable to type 'number'.",
      "[2]:3:9 TS2339 Property 'secret' does not exist on type 'Counter'.",
      "[2]:4:9 TS2341 Property 'own' is private and only accessible within class 'Counter'.",
      "[2]:5:9 TS2445 Property 'mine' is protected and only accessible within class 'Counter' and its subclasses.",
    ],
  },
  "parameter properties": {
    cells: [
      "class Point { constructor(public x: number, readonly y = 2) {} }",
      `const p = new Point("1");
p.y = 3;
p.x.length;`,
    ],
    problems: [
      "[2]:1:21 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:2:3 TS2540 Cannot assign to 'y' because it is a read-only property.",
      "[2]:3:5 TS2339 Property 'length' does not exist on type 'number'.",
    ],
  },
  "an object with too much in it": {
    cells: [
      `interface Options { width?: number; height?: number }
const draw = (options: Options) => options;`,
      `draw({ widht: 1 });
draw({ width: 1, color: 2 });
draw([1]);`,
    ],
    problems: [
      "[2]:1:8 TS2561 Object literal may only specify known properties, but 'widht' does not exist in type ",
      "[2]:2:18 TS2353 Object literal may only specify known properties, and 'color' does not exist in type",
      "[2]:3:6 TS2559 Type 'number[]' has no properties in common with type 'Options'.",
    ],
  },
  "optional and nullable": {
    cells: [
      `const row: { a?: { b: number | null } } = {};
const list: number[] = [];`,
      `row.a.b;
row.a?.b.toFixed();
list.at(0).toFixed();
null.a;`,
    ],
    problems: [
      "[2]:1:1 TS18048 'row.a' is possibly 'undefined'.",
      "[2]:2:1 TS18047 'row.a.b' is possibly 'null'.",
      "[2]:3:1 TS2532 Object is possibly 'undefined'.",
      "[2]:4:1 TS18050 The value 'null' cannot be used here.",
    ],
  },
  arguments: {
    cells: [
      "const add = (a: number, b: number) => a + b;",
      `add(1);
add(1, 2, 3);
add(...[1, 2]);
[1].map(add).join(1);`,
    ],
    problems: [
      "[2]:1:1 TS2554 Expected 2 arguments, but got 1.",
      "[2]:2:11 TS2554 Expected 2 arguments, but got 3.",
      "[2]:4:19 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
    ],
  },
  operators: {
    cells: [
      `const a = "1" * 2;
const b = {} + [];
if (1 === "1") {}
const c = 1n + 1;
delete Math.PI;`,
    ],
    problems: [
      "[1]:1:11 TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigi",
      "[1]:2:11 TS2365 Operator '+' cannot be applied to types '{}' and 'never[]'.",
      "[1]:3:5 TS2367 This comparison appears to be unintentional because the types 'number' and 'string' h",
      "[1]:4:11 TS2365 Operator '+' cannot be applied to types '1n' and '1'.",
      "[1]:5:8 TS2704 The operand of a 'delete' operator cannot be a read-only property.",
    ],
  },
  "a switch that leaves a case out": {
    cells: [
      'type Shape = { kind: "dot" } | { kind: "bar"; width: number };',
      `function area(shape: Shape): number {
  switch (shape.kind) {
    case "bar": return shape.width;
    case "line": return 1;
    default: { const rest: never = shape; return rest; }
  }
}
const f = (shape: Shape): number => { if (shape.kind === "bar") return 1; };`,
    ],
    problems: [
      '[2]:4:10 TS2678 Type \'"line"\' is not comparable to type \'"bar" | "dot"\'.',
      "[2]:5:22 TS2322 Type '{ kind: \"dot\"; }' is not assignable to type 'never'.",
      "[2]:8:27 TS2366 Function lacks ending return statement and return type does not include 'undefined'.",
    ],
  },
  "a JSX-like assertion": {
    cells: [
      `const a = <string>1;
const b = <T,>(x: T): T => 1;`,
    ],
    problems: [
      "[1]:1:11 TS2352 Conversion of type 'number' to type 'string' may be a mistake because neither type s",
      "[1]:2:28 TS2322 Type 'number' is not assignable to type 'T'.",
    ],
  },
  "names of the notebook": {
    cells: [
      `display();
prompt(1);
In[1].size;
progress(1);
_.anything;
const rows = [1];`,
    ],
    problems: [
      "[1]:1:1 TS2554 Expected 1-2 arguments, but got 0.",
      "[1]:2:8 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
      "[1]:3:7 TS2339 Property 'size' does not exist on type 'string'.",
      "[1]:4:10 TS2769 No overload matches this call.",
    ],
    file: [],
    unlike: { why: "the names are the kernel's" },
  },
  "names of every kind in messages": {
    cells: [
      `function f(a: number) { return a; }
namespace N { export const a = 1; }
class C { x = 1 }
enum E { a }
import * as os from "node:os";`,
      `const a: string = f;
const b: string = N;
const c: string = C;
const d: string = E;
const e: string = os;
const g: string = new C();
const h: string = E.a;`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type '(a: number) => number' is not assignable to type 'string'.",
      "[2]:2:7 TS2322 Type 'typeof N' is not assignable to type 'string'.",
      "[2]:3:7 TS2322 Type 'typeof C' is not assignable to type 'string'.",
      "[2]:4:7 TS2322 Type 'typeof E' is not assignable to type 'string'.",
      "[2]:5:7 TS2322 Type 'typeof import(\"node:os\")' is not assignable to type 'string'.",
      "[2]:6:7 TS2322 Type 'C' is not assignable to type 'string'.",
      "[2]:7:7 TS2322 Type 'E' is not assignable to type 'string'.",
    ],
  },
  "a value of an earlier type of the same name": {
    cells: [
      `class Row { a = 1 }
const row = new Row();
interface Plan { a: 1 }
const plan: Plan = { a: 1 };`,
      `class Row { b = 1 }
interface Plan { b: 1 }`,
      `const other: Row = row;
const later: Plan = plan;
const { b } = row;`,
    ],
    problems: [
      "[3]:1:7 TS2741 Property 'b' is missing in type 'Row' but required in type 'Row'.",
      "[3]:2:7 TS2741 Property 'b' is missing in type 'Plan' but required in type 'Plan'.",
      "[3]:3:9 TS2339 Property 'b' does not exist on type 'Row'.",
    ],
    file: [],
    unlike: { why: "one file has one type of a name" },
  },
  "misspelt names": {
    cells: [
      `const campaigns = [1];
let counter = 1;
interface Campaign { a: 1 }
namespace Shops { export interface S {} }
function compute() {}
class Machine {}`,
      `campagins;
countre = 2;
let x: Campain;
let y: Shosp.S;
compte();
new Machin();
const o = { campaign };
type T = typeof campaings;
progess([1]);
consoel.log(1);`,
    ],
    problems: [
      "[2]:1:1 TS2552 Cannot find name 'campagins'. Did you mean 'campaigns'?",
      "[2]:2:1 TS2552 Cannot find name 'countre'. Did you mean 'counter'?",
      "[2]:3:8 TS2552 Cannot find name 'Campain'. Did you mean 'Campaign'?",
      "[2]:4:8 TS2833 Cannot find namespace 'Shosp'. Did you mean 'Shops'?",
      "[2]:5:1 TS2552 Cannot find name 'compte'. Did you mean 'compute'?",
      "[2]:6:5 TS2552 Cannot find name 'Machin'. Did you mean 'Machine'?",
      "[2]:7:13 TS2552 Cannot find name 'campaign'. Did you mean 'campaigns'?",
      "[2]:8:17 TS2552 Cannot find name 'campaings'. Did you mean 'campaigns'?",
      "[2]:9:1 TS2552 Cannot find name 'progess'. Did you mean 'progress'?",
      "[2]:10:1 TS2552 Cannot find name 'consoel'. Did you mean 'console'?",
    ],
  },
  "types that no cell exports by name": {
    cells: [
      `const hidden = Symbol('a');
class Secret { private x = 1; }
function make() { class Local { a = 1 } return new Local(); }
const made = make();`,
      `made.b;
const n: number = made;
make().a.b;
const z: number = hidden;
new Secret().x;`,
    ],
    problems: [
      "[2]:1:6 TS2339 Property 'b' does not exist on type 'Local'.",
      "[2]:2:7 TS2322 Type 'Local' is not assignable to type 'number'.",
      "[2]:3:10 TS2339 Property 'b' does not exist on type 'number'.",
      "[2]:4:7 TS2322 Type 'typeof hidden' is not assignable to type 'number'.",
      "[2]:5:14 TS2341 Property 'x' is private and only accessible within class 'Secret'.",
    ],
  },
  "narrowing by an assignment in an earlier cell": {
    cells: [
      `let x: string | undefined;
x = "a";
let y: string | number = 1;`,
      `x.length;
y.toFixed();`,
    ],
    problems: [
      "[2]:1:1 TS18048 'x' is possibly 'undefined'.",
      "[2]:2:3 TS2339 Property 'toFixed' does not exist on type 'string | number'.",
    ],
    unlike: {
      why: "what a cell finds out of a variable holds within it alone",
      ours: ["[2]:1:1 TS18048", "[2]:2:3 TS2339"],
    },
  },
  "variables without a type": {
    cells: [
      `let x;
x = 1;
let n = null;
let list = [];`,
      `x.foo;
n.foo;
list[0].foo;
x = "a";
n = 1;
list.push(1, "a");
list.foo;`,
    ],
    problems: ["[2]:7:6 TS2339 Property 'foo' does not exist on type 'any[]'."],
    unlike: {
      why: "a variable without a type is any to later cells, until its value says more",
      tsc: ["[2]:1:3 TS2339", "[2]:2:1 TS18047"],
    },
  },
  "an interface of the name of a global": {
    cells: [
      "interface Array<T> { own(): T }",
      `const a: Array<string> = { own: () => 1 };
[1].own();
[1].map(String).size;`,
    ],
    problems: [
      "[2]:1:39 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:2:5 TS2339 Property 'own' does not exist on type 'number[]'.",
      "[2]:3:17 TS2339 Property 'size' does not exist on type 'string[]'.",
    ],
  },
  "types of the names of globals": {
    cells: [
      `type Record = { id: number };
type Partial = string;`,
      `const r: Record = { id: "1" };
const p: Partial = 1;
const q: Required<Record> = { ids: 1 };`,
    ],
    problems: [
      "[2]:1:21 TS2322 Type 'string' is not assignable to type 'number'.",
      "[2]:2:7 TS2322 Type 'number' is not assignable to type 'string'.",
      "[2]:3:31 TS2353 Object literal may only specify known properties, and 'ids' does not exist in type '",
    ],
  },
  "a type that is declared twice": {
    cells: [
      `type T = 1;
type T = 2;`,
    ],
    problems: [
      "[1]:1:6 TS2300 Duplicate identifier 'T'.",
      "[1]:2:6 TS2300 Duplicate identifier 'T'.",
    ],
  },
  "a constructor without a body": {
    cells: ["class A { constructor(); }"],
    problems: ["[1]:1:11 TS2390 Constructor implementation is missing."],
  },
  "parameters in the wrong order": {
    cells: ["function f(a?: number, b: number) {}"],
    problems: ["[1]:1:24 TS1016 A required parameter cannot follow an optional parameter."],
  },
  "an abstract method with a body": {
    cells: ["abstract class B { abstract a(): void {} }"],
    problems: [
      "[1]:1:29 TS1245 Method 'a' cannot have an implementation because it is marked abstract.",
    ],
  },
  "a property that is declared twice": {
    cells: ["interface C { a: 1; a: 2 }"],
    problems: [
      "[1]:1:15 TS2300 Duplicate identifier 'a'.",
      "[1]:1:21 TS2300 Duplicate identifier 'a'.",
      "[1]:1:21 TS2717 Subsequent property declarations must have the same type.  Property 'a' must be of t",
    ],
  },
  "an enum member without a value": {
    cells: ['enum D { a = "x", b }'],
    problems: ["[1]:1:19 TS1061 Enum member must have initializer."],
  },
  "type arguments where there are none, and none where there are": {
    cells: [
      `type E<T> = T<string>;
let g: Array;
let h: Map<string>;
new Set<number, string>();`,
    ],
    problems: [
      "[1]:1:13 TS2315 Type 'T' is not generic.",
      "[1]:2:8 TS2314 Generic type 'Array<T>' requires 1 type argument(s).",
      "[1]:3:8 TS2314 Generic type 'Map<K, V>' requires 2 type argument(s).",
      "[1]:4:9 TS2558 Expected 1 type arguments, but got 2.",
    ],
  },
  "a type predicate that does not fit": {
    cells: ["const f = (x: number): x is string => true;"],
    problems: [
      "[1]:1:29 TS2677 A type predicate's type must be assignable to its parameter's type.",
    ],
  },
  "heirs of what is not there": {
    cells: [
      `class H implements NoSuch {}
class I extends undefined {}
interface J extends Nothing {}`,
    ],
    problems: [
      "[1]:1:20 TS2304 Cannot find name 'NoSuch'.",
      "[1]:2:17 TS2507 Type 'undefined' is not a constructor function type.",
      "[1]:3:21 TS2304 Cannot find name 'Nothing'.",
    ],
  },
  generators: {
    cells: [
      "function* g() { const x: number = yield 1; const y: string = yield x; return y; }",
      `for (const v of g()) v.length;
const r: number = [...g()];`,
    ],
    problems: [
      "[2]:1:17 TS2763 Cannot iterate value because the 'next' method of its iterator expects type 'never',",
      "[2]:1:24 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:2:7 TS2322 Type 'number[]' is not assignable to type 'number'.",
      "[2]:2:23 TS2764 Cannot iterate value because the 'next' method of its iterator expects type 'never',",
    ],
  },
  "a base class in an earlier cell": {
    cells: [
      "class A { protected p = 1; static s = 1; q() { return 1; } }",
      `class B extends A { p = "a"; get s() { return this.t; } }
class C extends A { override p = 2; override z = 1; m() { return super.p; } }
B.s.length;`,
    ],
    problems: [
      "[2]:1:21 TS2416 Property 'p' in type 'B' is not assignable to the same property in base type 'A'.",
      "[2]:1:52 TS2339 Property 't' does not exist on type 'B'.",
      "[2]:2:46 TS4113 This member cannot have an 'override' modifier because it is not declared in the bas",
      "[2]:2:72 TS2855 Class field 'p' defined by the parent class is not accessible in the child class via super.",
      "[2]:3:5 TS2339 Property 'length' does not exist on type 'number'.",
    ],
  },
  "types that nothing can have": {
    cells: [
      `type N = { a: 1 } & { a: 2 };
const n: N = { a: 1 };
let u!: "a" | "b";
if (u === "c") {}`,
    ],
    problems: [
      "[1]:2:16 TS2322 Type 'number' is not assignable to type 'never'.",
      '[1]:4:5 TS2367 This comparison appears to be unintentional because the types \'"a" | "b"\' and \'"c"\' h',
    ],
  },
  "keys and indexes": {
    cells: [
      `const row: Record<string, number> = {};
const arr = [1] as const;
const o = { a: 1 };`,
      `arr[1];
o["b"];
let k = "a";
row.x.length;
arr.push(2);
row[Symbol.iterator];`,
    ],
    problems: [
      "[2]:1:5 TS2493 Tuple type 'readonly [1]' of length '1' has no element at index '1'.",
      "[2]:2:1 TS7053 Element implicitly has an 'any' type because expression of type '\"b\"' can't be used t",
      "[2]:4:7 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:5:5 TS2339 Property 'push' does not exist on type 'readonly [1]'.",
      "[2]:6:5 TS2538 Type 'unique symbol' cannot be used as an index type.",
    ],
  },
  "a key that is known only later": {
    cells: [
      `const o = { a: 1 };
let k = "a";`,
      "o[k];",
    ],
    problems: [],
    unlike: { why: "it would be any, and a notebook may have any", tsc: ["[2]:1:1 TS7053"] },
  },
  "a global that cells make": {
    cells: ["const rows = [1];", "globalThis.rows;"],
    problems: [],
    unlike: { why: "it would be any, and a notebook may have any" },
  },
  "a named group that may be missing": {
    cells: [
      `/(?<a>x)/u.exec("")?.groups.a;
"".replaceAll(1, "");`,
    ],
    problems: [
      "[1]:1:1 TS2532 Object is possibly 'undefined'.",
      "[1]:2:15 TS2769 No overload matches this call.",
    ],
  },
  "an enum that is declared again": {
    cells: [
      "enum E { a }",
      "enum E { b = 5 }",
      `E.a;
E.b;`,
    ],
    problems: ["[3]:1:3 TS2339 Property 'a' does not exist on type 'typeof E'."],
    file: [2, 3],
  },
  "a namespace that is declared again": {
    cells: [
      "namespace N { export const a = 1; }",
      "namespace N { export const b = 1; }",
      `N.a;
N.b;`,
    ],
    problems: ["[3]:1:3 TS2339 Property 'a' does not exist on type 'typeof N'."],
    file: [2, 3],
  },
  "a type made of itself": {
    cells: ["type Row = { a: number };", "type Row = Row & { b: string };"],
    problems: ["[2]:1:6 TS2456 Type alias 'Row' circularly references itself."],
    file: [2],
  },
  "a class made of itself": {
    cells: ["class Row { a = 1 }", "class Row extends Row { b = 2 }"],
    problems: [
      "[2]:1:7 TS2506 'Row' is referenced directly or indirectly in its own base expression.",
    ],
    file: [2],
  },
  "names of browsers": {
    cells: [
      `document.body;
window.x;
localStorage.y;
alert(1);
new WebSocket("a").send(1, 2);`,
    ],
    problems: [
      "[1]:1:1 TS2584 Cannot find name 'document'. Do you need to change your target library? Try changing ",
      "[1]:2:1 TS2304 Cannot find name 'window'.",
      "[1]:3:1 TS2304 Cannot find name 'localStorage'.",
      "[1]:4:1 TS2304 Cannot find name 'alert'.",
      "[1]:5:28 TS2554 Expected 1 arguments, but got 2.",
    ],
  },
  "names of Node": {
    cells: [
      `process.exit("a", 1);
Buffer.form("a");
setTimeout("a");
process.env.A.length;
__dirname.x;
require(1);`,
    ],
    problems: [
      "[1]:1:19 TS2554 Expected 0-1 arguments, but got 2.",
      "[1]:2:8 TS2339 Property 'form' does not exist on type 'BufferConstructor'.",
      "[1]:3:12 TS2769 No overload matches this call.",
      "[1]:4:1 TS18048 'process.env.A' is possibly 'undefined'.",
      "[1]:5:11 TS2339 Property 'x' does not exist on type 'string'.",
      "[1]:6:9 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
    ],
  },
  "a module that is imported when the cell runs": {
    cells: [
      `const m = await import("./model.ts");
m.rates;
const s: string = m;
const p = await import("node:path");
p.joins;`,
    ],
    problems: [
      "[1]:2:3 TS2551 Property 'rates' does not exist on type 'typeof import(\"./model\")'. Did you mean 'rate'?",
      "[1]:3:7 TS2322 Type 'typeof import(\"./model\")' is not assignable to type 'string'.",
      "[1]:5:3 TS2551 Property 'joins' does not exist on type '{ normalize(path: string): string; join(...p",
    ],
  },
  "a type that is exported": {
    cells: [
      `interface A { x: 1 }
export type { A };
export { type A as B };`,
      `const a: A = { x: 2 };
const b: B = a;`,
    ],
    problems: [
      "[2]:1:16 TS2322 Type '2' is not assignable to type '1'.",
      "[2]:2:10 TS2304 Cannot find name 'B'.",
    ],
  },
  "an earlier name that is exported": {
    cells: [
      `const early = 1;
type Early = 2;`,
      `export { early, type Early };
export { early as again };`,
      `early.x;
const e: Early = 3;`,
    ],
    problems: [
      "[3]:1:7 TS2339 Property 'x' does not exist on type '1'.",
      "[3]:2:7 TS2322 Type '3' is not assignable to type '2'.",
    ],
  },
  "exports of what is not there": {
    cells: [
      `export { nowhere };
export default nothing;`,
    ],
    problems: [
      "[1]:1:10 TS2304 Cannot find name 'nowhere'.",
      "[1]:2:16 TS2304 Cannot find name 'nothing'.",
    ],
  },
  "using in a loop": {
    cells: [
      `for (using x of [{ [Symbol.dispose]() {} }]) x.y;
for await (using x of [1]) {}`,
    ],
    problems: [
      "[1]:1:48 TS2339 Property 'y' does not exist on type '{ [Symbol.dispose](): void; }'.",
    ],
  },
  "what is caught": {
    cells: [
      `try { throw 1; } catch (e) { e.message; }
try {} catch (e: Error) {}`,
    ],
    problems: [
      "[1]:1:30 TS18046 'e' is of type 'unknown'.",
      "[1]:2:18 TS1196 Catch clause variable type annotation must be 'any' or 'unknown' if specified.",
    ],
  },
  "deep reasons": {
    cells: [
      "const deep = { a: { b: { c: { d: 1, e: [1, 2, 3], f: new Map<string, number[]>() } } } };",
      "const s: { a: { b: { c: { d: string; e: number[]; f: Map<string, string[]> } } } } = deep;",
    ],
    problems: [
      `[2]:1:7 TS2322 Type '{ a: { b: { c: { d: number; e: number[]; f: Map<string, number[]>; }; }; }; }' is not assignable to type '{ a: { b: { c: { d: string; e: number[]; f: Map<string, string[]>; }; }; }; }'.
  The types of 'a.b.c.d' are incompatible between these types.
    Type 'number' is not assignable to type 'string'.`,
    ],
  },
  "a name that is the checker's own": {
    cells: [
      `const $ = { path: 1 };
const kernel = 1;
const c1 = { x: 1 };
const toolkit = 1;`,
      `$.path.length;
$.other;
kernel.x;
c1.y;
toolkit.x;`,
    ],
    problems: [
      "[2]:1:8 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:2:3 TS2339 Property 'other' does not exist on type '{ path: number; }'.",
      "[2]:3:8 TS2339 Property 'x' does not exist on type '1'.",
      "[2]:4:4 TS2339 Property 'y' does not exist on type '{ x: number; }'.",
      "[2]:5:9 TS2339 Property 'x' does not exist on type '1'.",
    ],
  },
  "an import of the name of an earlier value": {
    cells: ["const sep = 1;", 'import { sep } from "node:path";', "sep.toFixed();"],
    problems: [
      "[3]:1:5 TS2551 Property 'toFixed' does not exist on type '\"/\" | \"\\\\\"'. Did you mean 'fixed'?",
    ],
    file: [2, 3],
  },
  "a value of the name of an earlier import": {
    cells: ['import { sep } from "node:path";', "const sep = 1;", "sep.length;"],
    problems: ["[3]:1:5 TS2339 Property 'length' does not exist on type '1'."],
    file: [2, 3],
  },
  "the first default export": {
    cells: ["export default function total(rows: number[]) { return rows.length; }", 'total("a");'],
    problems: [
      "[2]:1:7 TS2345 Argument of type 'string' is not assignable to parameter of type 'number[]'.",
    ],
  },
  "the second default export": {
    cells: ["export default class Shop { open() {} }", "new Shop().opens();"],
    problems: [
      "[2]:1:12 TS2551 Property 'opens' does not exist on type 'Shop'. Did you mean 'open'?",
    ],
  },
  variance: {
    cells: [
      `interface Source<out T> { put(value: T): void; }
type Sink<in T> = { get: () => T };`,
    ],
    problems: [
      "[1]:2:11 TS2636 Type 'Sink<super-T>' is not assignable to type 'Sink<sub-T>' as implied by variance ",
    ],
  },
  "awaited and inferred": {
    cells: [
      "async function load() { return { rows: [{ a: 1 }] }; }",
      `const { rows } = await load();
rows[0].b;
rows.map(({ c }) => c);
const [first] = rows;
first.a.length;
load().rows;`,
    ],
    problems: [
      "[2]:2:9 TS2339 Property 'b' does not exist on type '{ a: number; }'.",
      "[2]:3:13 TS2339 Property 'c' does not exist on type '{ a: number; }'.",
      "[2]:5:9 TS2339 Property 'length' does not exist on type 'number'.",
      "[2]:6:8 TS2339 Property 'rows' does not exist on type 'Promise<{ rows: { a: number; }[]; }>'.",
    ],
  },
  "object literals of a union": {
    cells: [
      'type Shape = { kind: "dot"; r: number } | { kind: "bar"; w: number };',
      `const a: Shape = { kind: "dot", w: 1 };
const b: Shape = { kind: "line" };`,
    ],
    problems: [
      "[2]:1:33 TS2353 Object literal may only specify known properties, and 'w' does not exist in type '{ ",
      '[2]:2:20 TS2322 Type \'"line"\' is not assignable to type \'"bar" | "dot"\'.',
    ],
  },
  "spread and rest": {
    cells: [
      'const base = { a: 1, b: "x" };',
      `const more: { a: string; b: string } = { ...base };
const f = (...n: number[]) => n;
f(...["a"]);
const { a, ...rest } = base;
rest.a;`,
    ],
    problems: [
      "[2]:1:7 TS2322 Type '{ a: number; b: string; }' is not assignable to type '{ a: string; b: string; }'.",
      "[2]:3:3 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
      "[2]:5:6 TS2339 Property 'a' does not exist on type '{ b: string; }'.",
    ],
  },
  "an error far down": {
    cells: [
      `const x = [
  1,
  2,
].map((n) =>
  n.toUppercase(),
);


x.lenght;`,
    ],
    problems: [
      "[1]:5:5 TS2339 Property 'toUppercase' does not exist on type 'number'.",
      "[1]:9:3 TS2551 Property 'lenght' does not exist on type 'any[]'. Did you mean 'length'?",
    ],
  },
};
