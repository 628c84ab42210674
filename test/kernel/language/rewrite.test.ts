// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells that hold templates
import { afterAll, expect, test } from "vitest";
import { CellSyntaxError, rewrite } from "../../../kernel/language/rewrite.js";
import { Repl } from "./repl.js";

const repl = new Repl();
afterAll(() => repl.close());

Object.assign(repl.modules, {
  x: { default: "the default", a: 1, b: 2, "odd-name": 3 },
  y: { default: { json: true } },
  nothing: {},
});

/** Each row: a cell (or several, run in turn) and what the last one shows; nothing is undefined. */
const rows: [cells: string | string[], result: unknown][] = [
  // results
  ["1+1", 2],
  ["1+1;", undefined],
  ["1+1 // semicolon; in a comment", 2],
  ["1+1; // comment", undefined],
  ["1+1 /* ; */\n\n", 2],
  ["'a;'", "a;"],
  ["`a;`", "a;"],
  ["/;/.test(';')", true],
  ["1, 2", 2],
  ["(1, 2)", 2],
  ["await Promise.resolve(7)", 7],
  ["let n = 0; for await (const v of [1, 2, Promise.resolve(3)]) n += v\nn", 6],
  ["'use strict'", "use strict"],
  ["if (true) { 5 }", undefined],
  ["", undefined],
  ["// nothing", undefined],
  ["{a: 1, b: 2}", { a: 1, b: 2 }],
  ["{a: 1}", { a: 1 }],
  ["{}", {}],
  ["const q1 = 4\n{q1}", { q1: 4 }],
  ["const q2 = 4\n{q: q2, r: {s: q2 as number}} // ;", { q: 4, r: { s: 4 } }],
  ["let m1 = 0\n{ const k = 5; m1 = k }", undefined],
  ["if (true)\n{ m1 }", undefined],
  ["() => 1", expect.any(Function)],
  ["async function later() { return 1 }\nawait later()", 1],
  // strict like a module
  [
    "try { undeclaredName = 1 } catch (e) { (globalThis as any).kind = e.name }\n[kind]",
    ["ReferenceError"],
  ],
  ["(function () { return this })()", undefined],
  // declarations live on, in any kind
  [["const c1 = 1", "c1"], 1],
  [["const k = 1", "function k() { return 2 }\nk()"], 2],
  [["function k2() {}", "class k2 {}\nk2.name"], "k2"],
  [["class k3 {}", "import { a as k3 } from 'x'\nk3"], 1],
  [["import { a as k4 } from 'x'", "enum k4 { A = 3 }\nk4.A"], 3],
  [
    ["enum k5 { A, B }", "enum k5 { A }\nObject.keys(k5)"],
    ["0", "A"],
  ],
  [["const k6 = 5", "enum k6 { A }\nk6"], { A: 0, 0: "A" }],
  [["namespace k7 { export const a = 1 }", "namespace k7 { export const b = 2 }\nk7"], { b: 2 }],
  [["function k8() {}", "namespace k8 { export const b = 2 }\nk8"], { b: 2 }],
  [["let k9 = 5", "let k9;\nk9"], undefined],
  [["let k9 = 5", "let k9: number | undefined\n[k9]"], [undefined]],
  [["var k10 = 5", "var k10;\nk10"], 5],
  [
    ["const { p1, ...rest1 } = { p1: 1, z: 2 }, [p2 = 9] = []", "[p1, rest1, p2]"],
    [1, { z: 2 }, 9],
  ],
  ["const fs1 = []\nfor (let i = 0; i < 3; i++) fs1.push(() => i)\nfs1.map(f => f())", [0, 1, 2]],
  ["const fs2 = []\nfor (const i of [4, 5]) fs2.push(() => i)\nfs2.map(f => f())", [4, 5]],
  [
    ["if (true) { var inBlock = 3; let hidden = 4 }", "[inBlock, typeof hidden]"],
    [3, "undefined"],
  ],
  [["const crypto = 'mine'", "crypto"], "mine"],
  ["const navigator = 2\nnavigator", 2],
  // inferred names
  [
    "const f1 = () => {}; const f2 = function () {}; const f3 = class {};\n[f1.name, f2.name, f3.name]",
    ["f1", "f2", "f3"],
  ],
  ["class Named { static me = Named }\n[Named.name, Named.me === Named]", ["Named", true]],
  ["class Called {}\n(() => Called.name)()", "Called"],
  // modules
  ["import d, { b as bb, 'odd-name' as odd } from 'x'\n[d, bb, odd]", ["the default", 2, 3]],
  ["import * as all from 'x'\nall.a", 1],
  ["import type { T } from 'nowhere'; import { type U, a } from 'x'\na", 1],
  ["import { Missing } from 'x'\n1", 1],
  ["import json from 'y' with { type: 'json' }\njson", { json: true }],
  ["(await import('x')).a", 1],
  ["const load = async () => (await import('x')).b\nawait load()", 2],
  ["import.meta.url", "file:///notebook/cell.ts"],
  ["export const e1 = 5\ne1", 5],
  ["export default 40 + 2", 42],
  ["export default 40 + 2;", 42],
  ["export default class Main {}\nMain.name; 3", expect.any(Function)],
  ["export default function named() { return 1 }", expect.any(Function)],
  ["const e2 = 1; export { e2 }", undefined],
  ["const e3 = 6; export { e3 as default }", 6],
  [["export * from 'x'", "export { a } from 'x'", "1"], 1],
  // TypeScript
  ["const t1: number = 2\nt1", 2],
  ["interface I { a: number }\ntype A = I['a']\ndeclare const dd: A", undefined],
  ["enum Color { Red, Green = 'g'.length, Blue = 2 }\n[Color.Blue, Color[1]]", [2, "Green"]],
  [["const enum CE { A = 7 }\nCE.A", "CE.A"], 7],
  [["enum Merged { A } enum Merged { B = 1 }", "Merged.A + Merged.B"], 1],
  ["namespace N1 { export namespace M { export const v = 3 } }\nN1.M.v", 3],
  [
    "function withSpace() { return 1 }\nnamespace withSpace { export const v = 2 }\nwithSpace() + withSpace.v",
    3,
  ],
  ["namespace Quiet { export const v = 1 }", undefined],
  [
    "class P { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b } }\nnew P(1).sum()",
    3,
  ],
  [
    "abstract class Abs { abstract f(): void; declare d: string; w!: number; static { Abs.prototype } }\nclass Sub extends Abs { override f() {} }\nObject.keys(new Sub())",
    ["w"],
  ],
  ["class Acc { accessor v = 3 }\nnew Acc().v", 3],
  ["const s1 = { a: 1 } satisfies Record<string, number>\ns1.a!", 1],
  ["const g1 = <T,>(v: T): T => v\ng1<string>('x')", "x"],
  ["f5<string>('x')\nfunction f5<T>(v: T) { return v }", undefined],
  [
    "function over(a: string): string\nfunction over(a: number): number\nfunction over(a: any) { return a }\nover(4)",
    4,
  ],
  ["let definite!: number\ndefinite = 3\ndefinite", 3],
  ["const o: { a?: { b: number } } = {}\no?.a?.b ?? 'none'", "none"],
  ["let as1 = 5 as unknown as string\nas1", 5],
  ["const u = <const T extends readonly unknown[]>(t: T) => t.length\nu([1, 2])", 2],
  ["function isS(v: unknown): v is string { return typeof v === 'string' }\nisS('')", true],
  ["function asserts(v: unknown): asserts v { if (!v) throw 0 }\nasserts(1)", undefined],
  ["type Tpl = `a${string}`; const tpl: Tpl = `a${`b${1}`}`\ntpl", "ab1"],
  ["const idx = { a: 8, b: 4 }\nidx.a / idx.b / 2", 1],
  ["outer: for (const i of [1, 2]) { for (;;) { continue outer } }\n'done'", "done"],
  ["const asi = 1\nconst asi2 = asi\n;[asi2].length", 1],
  ["import fs = require('x')", "ReferenceError"],
  [
    "class Priv { #v: number = 2; has(o: object) { return #v in o } }\nnew Priv().has(new Priv())",
    true,
  ],
  ["const big = 1_000n ** 2n\nbig", 1_000_000n],
  ["let fnType: new (...a: any[]) => object = Map\nnew fnType() instanceof Map", true],
  ["a1?.b; var a1: any", undefined],
  // decorators
  [
    "const seen: string[] = []\nfunction log(v: any, c: any) { seen.push(`${c.kind} ${String(c.name)}`) }\n@log class D1 { @log m() {} @log f = 1; @log accessor g = 2; @log static s = 3 }\nseen",
    ["method m", "accessor g", "field s", "field f", "class D1"],
  ],
  [
    [
      "function init(v: any, c: any) { c.addInitializer(function (this: any) { this.tag = c.name }) }\nclass First { @init m() {} }",
      "class Second { @init other() {} }",
      "[new First(), new Second()].map((o: any) => o.tag)",
    ],
    ["m", "other"],
  ],
  ["class D2 { @log static c = 1; me() { return D2.c } }\n[D2.name, new D2().me()]", ["D2", 1]],
  ["@log class D3 {}", undefined],
  [["@log export class D4 {}\nD4.name"], "D4"],
  [["export default @log class {}", "1"], 1],
  ["using r0 = null; export default 7", 7],
  // using
  [
    [
      "const order: string[] = []\nconst open = (n: string) => ({ n, [Symbol.dispose]() { order.push(`close ${n}`) } })\nusing r1 = open('a'); using r2 = open('b')\norder.push('body')\nconst kept = r1.n; class K2 {}; function f9() { return kept }\nkept",
      "[order, kept, f9(), K2.name, r1.n]",
    ],
    [["body", "close b", "close a"], "a", "a", "K2", "a"],
  ],
  [
    ["try { using r3 = open('c'); throw 1 } catch { order.push('caught') }", "order.slice(-2)"],
    ["close c", "caught"],
  ],
  ["await using r4 = { v: 4, async [Symbol.asyncDispose]() { order.push('async') } }\nr4.v", 4],
  ["order.at(-1)", "async"],
  // magics
  ["%shout foo(", "magic shout"],
  ["%%sql main\nselect ';'", "magic sql"],
  ["const noSemicolon = 1\n%shout", "magic shout"],
  ["noSemicolon\n%shout\n[7]", [7]],
  ["!no_such_program -l", undefined],
  ["const truth = true;\n!truth", false],
  ["!truth || 3;", undefined],
  ["!truth || 3", 3],
  // timed code is the cell's
  ["%time 1 + 1", 2],
  ["%time const t1: number = await Promise.resolve(3)\nt1", 3],
  ["%time const t2 = [\n  1,\n]; const t3 = 4;\n[t2, t3]", [[1], 4]],
  ["%time enum T4 { A }\nT4.A", 0],
  ["%time import { a as t5 } from 'x'\nt5", 1],
  ["%time class T6 {}\nnew T6() instanceof T6", true],
  ["%time 7;", undefined],
  ["%%time\nconst t7 = 5\n{ t7 }", { t7: 5 }],
  ["%%time\n%shout a", "magic shout"],
  ["%timeit -n 2 t1", undefined],
  ["const pct = 7\npct %2", 1],
];

// `Symbol.dispose` is native from Node 24 on.
for (const name of ["dispose", "asyncDispose"] as const) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}

test.each(rows.map(([cells, result], i) => ({ i, cells: [cells].flat(), result })))(
  "$i: $cells",
  async ({ cells, result }) => {
    let ran: Awaited<ReturnType<Repl["run"]>> = {};
    for (const [n, cell] of cells.entries()) {
      ran = await repl.run(cell);
      if (n < cells.length - 1) expect(ran.error).toBeUndefined();
    }
    if (typeof result === "string" && result.endsWith("Error")) expect(ran.error).toContain(result);
    else {
      expect(ran.error).toBeUndefined();
      expect(ran.result).toEqual(result);
    }
  },
);

test("a misspelt or typed import fails when it is touched, and may be replaced", async () => {
  expect(await repl.run("import { aa, Type } from 'x'\n'imported'")).toEqual({
    result: "imported",
  });
  const touched = await repl.run("aa");
  expect(touched.error).toBe(
    'InputError: x has no export named "aa" (did you mean "a"?); it exports default, a, b, odd-name',
  );
  expect((await repl.run("import none from 'nothing'\nnone")).error).toBe(
    "InputError: nothing has no default export; it exports nothing",
  );
  expect(await repl.run("const aa = 5\naa")).toEqual({ result: 5 });
  expect(await repl.run("function Type() { return 6 }\nType()")).toEqual({ result: 6 });
});

test("import attributes reach the loader, static and dynamic", async () => {
  repl.calls.length = 0;
  await repl.run("import j from 'y' with { type: 'json' }");
  await repl.run("await import('y', { with: { type: 'json' } })");
  expect(repl.calls).toEqual(Array(2).fill(["import", "y", { type: "json" }]));
});

test.each([
  ["a?", [["inspect", "a", 0]]],
  [
    "const q = 1\nMath.max??\n%shout q; 'x'",
    [
      ["inspect", "Math.max", 1],
      ["magic", "shout", "q; 'x'"],
    ],
  ],
  ["%%sql  main \nselect 1;\n%no", [["magic", "sql", "main", "select 1;\n%no"]]],
  ["%matplotlib", [["magic", "matplotlib", ""]]],
  [
    "const s = `\n%inside\n`\n%outside it's (\n%next",
    [
      ["magic", "outside", "it's ("],
      ["magic", "next", ""],
    ],
  ],
  ["const t = true\nt?\n1 : 2", []],
  ["!npm install x  \n1", [["magic", "shell", "npm install x"]]],
  [
    "!ls -l;\n!pwd",
    [
      ["magic", "shell", "ls -l"],
      ["magic", "shell", "pwd"],
    ],
  ],
  ["!ls as typed", [["magic", "shell", "ls as typed"]]],
  ["const u = 1\n!u", []],
  [
    "%shout\n!u\n!pwd -P\n!'u'",
    [
      ["magic", "shout", ""],
      ["magic", "shell", "pwd -P"],
    ],
  ],
  ["%time 1; 2\n3", [["time"], ["timed"]]],
  ["%time q\n  .valueOf()\n3", [["time"], ["timed"]]],
  ["%%time\nconst v = 1\nv", [["time"]]],
  ["%time", [["magic", "time", ""]]],
  ["%%time q\nq", [["magic", "time", "q", "q"]]],
  ["%%timeit", [["magic", "timeit", "", ""]]],
  ["%timeit -n 5 -r2 q // one", [["timeit", "-n 5 -r2", 1]]],
  ["%timeit const w = q; w + 1;", [["timeit", "", 2]]],
  ["%timeit const w = q; w + 2\nconst w = 5", [["timeit", "", 3]]],
  ["%timeit 1, 2", [["timeit", "", 2]]],
  ["%timeit (await 4)", [["timeit", "", 4]]],
  ["%timeit ({ a: 1 });", [["timeit", "", { a: 1 }]]],
  ["%timeit await Promise.resolve(8)", [["timeit", "", 8]]],
  ["%%timeit -r 3\nlet w = 1\nfor (const x of [1, 2]) w += x\nw", [["timeit", "-r 3", 4]]],
])("magics: %j", async (cell, calls) => {
  repl.calls.length = 0;
  expect((await repl.run(cell)).error).toBeUndefined();
  expect(repl.calls).toEqual(calls);
});

/** `⟂` marks where the error must be said to be. */
test.each([
  "⟂boom()",
  "  ⟂boom()",
  "const a = 1\nlet b = ⟂boom(a)",
  "const a: number = 1\n\n  const b: string = ⟂boom(a)",
  "function f(x: number): void {\n  throw ⟂new Error('x')\n}\nf(1)",
  "class C {\n  constructor(private x: number) {\n    ⟂boom()\n  }\n}\nnew C(1)",
  "enum E { A }\n⟂boom(E.A)",
  "import { a } from 'x'; ⟂boom(a)",
  "⟂await boom()", // V8 places a missing name in an argument no better
  "using r = null; ⟂boom()",
  "const é = '😀'; ⟂boom(é)",
  "const s = '😀' as string; ⟂boom(s)",
  "export const v = ⟂boom()",
  "export default ⟂boom()",
  "{a: 1, b: ⟂boom()}",
  "const z = 1\n{a: z as number,\n  b: ⟂boom()}",
  "%who x\n  ⟂boom()",
  "%time ⟂boom()",
  "%time q; ⟂boom()",
  "%time const q1: number = ⟂boom()",
  "%timeit -n 1 ⟂boom()",
  "%timeit const q2 = 1; ⟂boom(q2)\nq2",
  "%%timeit\nconst q3 = 1\n  ⟂boom(q3)",
  "%%time\n\n  ⟂boom()",
  "abc?\nconst k = ⟂boom()",
  "const m = (null as any).⟂member",
  "@((v: any, c: any) => { ⟂boom() })\nclass D {}",
])("an error is where it was typed: %j", async (marked) => {
  const ran = await repl.run(marked.replace("⟂", ""));
  const before = marked.slice(0, marked.indexOf("⟂")).split("\n");
  expect(ran.error).toMatch(/boom is not defined|Error: x|Cannot read properties of null/);
  expect(ran.place).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
});

test.each([
  ["let x = ⟂)", 'Unexpected ")"'],
  ["const ok = 1\n  foo(1 ⟂2)", 'Expected ")" but found "2"'],
  ["'é'; 'x⟂", "Unterminated string literal"],
  ["const s: string = 'é'\n  ⟂return 5", "'return' outside of function"],
  ["let a = 1; let ⟂a = 2", 'The symbol "a" has already been declared'],
  ["%who x\nlet y = ⟂)", 'Unexpected ")"'],
  ["%time let y = ⟂)", 'Unexpected ")"'],
  ["%%time\nlet y = ⟂)", 'Unexpected ")"'],
  ["%timeit -n 3 foo(1 ⟂2)", 'Expected ")" but found "2"'],
  ["if (true) ⟂break", 'Cannot use "break" here'],
])("a syntax error is where it was typed: %j", async (marked, message) => {
  const error = await rewrite(marked.replace("⟂", "")).catch((e) => e);
  const before = marked.slice(0, marked.indexOf("⟂")).split("\n");
  expect(error).toBeInstanceOf(CellSyntaxError);
  expect(error).toMatchObject({
    name: "SyntaxError",
    message,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  });
});

test.each([
  [
    "const a = 1, { b, ...c } = dd9; function e() {} class F {} var g; import h from 'x'",
    "a,b,c,e,F,g,h",
    "dd9",
  ],
  [
    "for (const i of list.items) { var deep = 1; const own = vl.bar(i) }",
    "deep",
    "list.items,vl.bar",
  ],
  ["(x => x.y + z9.w)(1); { let z2 = 1; z2.q }", "", "z9.w"],
  ["gym.make('x').reset(); const f = (gym: any) => gym.other", "f", "gym.make"],
  [
    "retro.models.rl.DQNAgent; retro['models'].gan; retro?.a[i].b",
    "",
    "retro.models.rl.DQNAgent,retro.models.gan,retro.a,i",
  ],
  ["enum E { A }; namespace N { export const k = 1 }; type T = typeof hidden", "E,N", ""],
  ["using u = open1(); u.x", "u", "open1"],
  ["@deco class G { @deco m() {} }", "G", "deco"],
  ["Math.max(console.log); try {} catch (err) { err.x } const { [key]: v } = o9", "v", "key,o9"],
])("declared and chains: %s", async (cell, declared, chains) => {
  const cellRead = await rewrite(cell);
  expect([...cellRead.declared].sort().join()).toBe(declared.split(",").sort().join());
  expect([...cellRead.chains].sort().join()).toBe(chains.split(",").sort().join());
});

test("chains are bounded", async () => {
  const many = Array.from({ length: 300 }, (_, i) => `name${i}.x`).join(";");
  expect((await rewrite(many)).chains).toHaveLength(200);
});

test("what was defined before an error stays defined", async () => {
  await repl.run("const kept1 = 3\nthrow new Error('x')\nconst kept2 = 4");
  expect(await repl.run("[kept1, kept2]")).toEqual({ result: [3, undefined] });
});

test("a resource is disposed when its cell throws", async () => {
  const cell =
    "using r9 = { [Symbol.dispose]() { order.push('on throw') } }; throw new Error('mine')";
  expect((await repl.run(cell)).error).toBe("Error: mine");
  expect(await repl.run("order.at(-1)")).toEqual({ result: "on throw" });
});
