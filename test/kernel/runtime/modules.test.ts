import { copyFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ModulesHost } from "./modules-host.js";

const host = new ModulesHost();
beforeAll(() => host.start());
afterAll(() => host.stop());

/** `(import "./env.js" "plus" (func (param i32) (result i32))) (export "twice" …)`, in bytes. */
const WASM = (module: string) => {
  const text = (s: string) => [s.length, ...Buffer.from(s)];
  const section = (id: number, bytes: number[]) => [id, bytes.length, ...bytes];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7f]),
    ...section(2, [1, ...text(module), ...text("plus"), 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text("twice"), 0, 1]),
    ...section(10, [1, 8, 0, 0x20, 0, 0x10, 0, 0x10, 0, 0x0b]),
  ]);
};

test("relative modules of every kind", async () => {
  host.write(
    "a.ts",
    "import { two } from './lib/two.js';\nexport enum E { A = 1 }\nexport const sum: number = E.A + two;",
  );
  host.write("lib/two.ts", "export const two = 2 as number;");
  host.write(
    "m.mts",
    "import type { X } from './a.ts'; export default class M<T> { declare x: X; n = 3 }",
  );
  host.write("j.mjs", "export default 4;");
  host.write("plain.js", "export const five = 5;");
  host.write(
    "common.cjs",
    "module.exports = { six: require('./seven.cjs') - 1, __esModule: true };",
  );
  host.write("seven.cjs", "module.exports = 7;");
  host.write("old.js", "exports.eight = 8;");
  host.write("data.json", '{"nine": 9}');
  host.write(
    "folder/index.ts",
    "import data from '../data.json' with { type: 'json' };\nexport const ten = data.nine + 1;",
  );
  host.write("env.js", "export const plus = (n) => n + 1;");
  host.write("w.wasm", WASM("./env.js"));
  expect(
    await host.run(`
      const get = async (spec, name) => (await modules.import(spec))[name];
      return [
        await get("./a", "sum"), await get("./a.ts", "sum"), await get("./a.js", "sum"),
        new (await get("./m.mjs", "default"))().n, await get("./j.mjs", "default"),
        await get("./plain", "five"), await get("./common.cjs", "six"), await get("./old.js", "eight"),
        (await get("./data.json", "default")).nine, await get("./folder", "ten"),
        (await get("./w.wasm", "twice"))(10),
        (await modules.import(new URL("file://" + process.argv[2] + "/a.ts"))).sum,
      ]`),
  ).toEqual([3, 3, 3, 3, 4, 5, 6, 8, 9, 10, 12, 3]);
});

test("a native addon", async () => {
  const prebuilt = dirnameOfAddon();
  copyFileSync(prebuilt, join(host.folder, "addon.node"));
  const names = await host.run(`return Object.keys(await modules.import("./addon.node"))`);
  expect(names).toContain("default");
  expect((names as string[]).length).toBeGreaterThan(1);
});

function dirnameOfAddon(): string {
  const scope = join(createRequire(import.meta.url).resolve("@resvg/resvg-js"), "../..");
  for (const name of readdirSync(scope)) {
    const file = readdirSync(join(scope, name)).find((entry) => entry.endsWith(".node"));
    if (file !== undefined) return join(scope, name, file);
  }
  throw new Error("no addon");
}

test("what changed is loaded afresh, what did not keeps its identity", async () => {
  host.write(
    "top.ts",
    "import { box } from './mid.ts';\nimport { shared } from './shared.ts';\nexport const top = { box, shared };",
  );
  host.write(
    "mid.ts",
    "import { shared } from './shared.js';\nexport const box = { n: 1, shared };",
  );
  host.write("shared.ts", "export const shared = { made: Math.random() };");
  const load = `const { top } = await modules.import("./top.ts"); globalThis.tops ??= []; tops.push(top);`;
  await host.run(
    `${load} ${load.replace("const { top }", "const { top: again }").replace("push(top)", "push(again)")}`,
  );
  expect(
    await host.run(`return [tops[0] === tops[1], tops[0].shared === tops[0].box.shared]`),
  ).toEqual([true, true]);
  host.write(
    "mid.ts",
    "import { shared } from './shared.js';\nexport const box = { n: 2, shared };",
  );
  expect(
    await host.run(
      `${load} const [a, , b] = tops; return [b.box.n, a === b, a.shared === b.shared]`,
    ),
  ).toEqual([2, false, true]);
  host.write("shared.ts", "export const shared = { made: 'later' };");
  expect(await host.run(`${load} return tops.at(-1).box.shared.made`)).toBe("later");
  host.write("seven.cjs", "module.exports = 70;");
  expect(await host.run(`return (await modules.import("./common.cjs")).six`)).toBe(69);
  host.write("data.json", '{"nine": 90}');
  expect(await host.run(`return (await modules.import("./folder")).ten`)).toBe(91);
});

test("modules may import in a circle", async () => {
  host.write(
    "ping.ts",
    "import { pong } from './pong.ts';\nexport const ping = (n: number): string => n === 0 ? 'end' : pong(n - 1);",
  );
  host.write(
    "pong.ts",
    "import { ping } from './ping.ts';\nexport const pong = (n: number): string => ping(n);",
  );
  expect(await host.run(`return (await modules.import("./ping")).ping(3)`)).toBe("end");
  host.write(
    "pong.ts",
    "import { ping } from './ping.ts';\nexport const pong = (n: number): string => 'new ' + ping(n);",
  );
  expect(await host.run(`return (await modules.import("./ping")).ping(1)`)).toBe("new end");
});

test("import() inside a module finds the latest version too", async () => {
  host.write(
    "dynamic.ts",
    "const name: string = './late';\nexport const late = async () => [(await import(name)).v, (await import('./late.ts')).v];",
  );
  host.write("late.ts", "export const v = 1;");
  expect(
    await host.run(`globalThis.d = await modules.import("./dynamic.ts"); return d.late()`),
  ).toEqual([1, 1]);
  host.write("late.ts", "export const v = 2;");
  expect(await host.run(`return d.late()`)).toEqual([2, 2]);
});

test("an import that failed is tried again", async () => {
  host.write("needs.ts", "export const v = (globalThis as any).need.v;");
  expect((await host.fail(`await modules.import("./needs.ts")`)).name).toBe("TypeError");
  expect(
    await host.run(`globalThis.need = { v: 1 }; return (await modules.import("./needs.ts")).v`),
  ).toBe(1);
});

test("packages come from the notebook's folder, then from the kernel", async () => {
  host.write(
    "node_modules/mine/package.json",
    '{"name": "mine", "type": "module", "exports": {".": "./i.js", "./data.json": "./data.json"}}',
  );
  host.write("node_modules/mine/i.js", "export const mine = 'local';");
  host.write("node_modules/mine/data.json", '{"a": 1}');
  host.write("node_modules/acorn/package.json", '{"name": "acorn", "main": "i.js"}');
  host.write("node_modules/acorn/i.js", "exports.version = 'shadowed';");
  host.write(
    "uses.ts",
    "import { mine } from 'mine';\nimport { kernel } from 'retro-kernel';\nimport { sep } from 'path';\nimport * as walk from 'acorn-walk';\nexport const used = [mine, kernel, sep, typeof walk.simple];",
  );
  expect(
    await host.run(`return [
      (await modules.import("mine")).mine, (await modules.import("mine/data.json", undefined, { type: "json" })).default.a,
      (await modules.import("acorn")).version, typeof (await modules.import("acorn-walk")).simple,
      (await modules.import("retro-kernel")).kernel, (await modules.import("fs")).existsSync("/"),
      (await modules.import("node:path")).sep, (await modules.import("./uses.ts")).used,
    ]`),
  ).toEqual([
    "local",
    1,
    "shadowed",
    "function",
    "running",
    true,
    "/",
    ["local", "running", "/", "function"],
  ]);
});

test("tslab is always the kernel's own", async () => {
  host.write("node_modules/tslab/package.json", '{"name": "tslab", "main": "i.js"}');
  host.write("node_modules/tslab/i.js", `exports.display = "of another kernel";`);
  host.write("uses-tslab.ts", `export { display } from "tslab";`);
  expect(
    await host.run(`return [
      (await modules.import("tslab")).display, (await modules.import("./uses-tslab.ts")).display,
      modules.require("tslab").display, modules.meta.resolve("tslab").endsWith("/dist/tslab.js"),
    ]`),
  ).toEqual(["running", "running", "running", true]);
});

test("names of a CommonJS package that only running it tells", async () => {
  host.write("node_modules/sly/package.json", '{"name": "sly", "main": "i.js"}');
  host.write("node_modules/sly/i.js", "const all = { chunk: () => 1 }; module.exports = all;");
  await host.run(`await modules.import("sly", ["chunk", "chunky"])`);
  expect(await host.run(`return chunk()`)).toBe(1);
  expect((await host.fail(`chunky`)).message).toContain('no export named "chunky"');
});

test("a package that comes later is found by what did not find it before", async () => {
  host.write("node_modules/other/index.js", "");
  const uses = {
    imported: "(await modules.import('imported')).default",
    required: "modules.require('required')",
    resolved: "modules.meta.resolve('resolved').slice(-7)",
  };
  for (const [name, use] of Object.entries(uses)) {
    expect((await host.fail(`return ${use}`)).message).toMatch(/not found|Cannot find module/);
    const manifest = JSON.stringify({ name, version: "1.0.0", main: "main.js" });
    host.write(`node_modules/${name}/package.json`, manifest);
    host.write(`node_modules/${name}/main.js`, "module.exports = 'there';");
    expect(await host.run(`return ${use}`)).toBe(name === "resolved" ? "main.js" : "there");
  }
});

test("require, with the same two places", async () => {
  expect(
    await host.run(`const { require } = modules; return [
      require("acorn").version, typeof require("acorn-walk").simple, require("./old.js").eight,
      require("fs") === require("node:fs"), typeof require.cache, require.resolve("./old.js").endsWith("notebook/old.js"),
    ]`),
  ).toEqual(["shadowed", "function", 8, true, "object", true]);
});

test("import.meta", async () => {
  expect(
    await host.run(
      `const { meta } = modules; return [meta.url, meta.dirname, meta.resolve("./x.ts"), meta.resolve("fs")]`,
    ),
  ).toEqual([
    `file://${host.folder}/cell.ts`,
    host.folder,
    `file://${host.folder}/x.ts`,
    "node:fs",
  ]);
});

test("names become global; a missing one fails when it is touched", async () => {
  host.write("types.ts", "export interface Row { id: number }\nexport const rows: Row[] = [];");
  await host.run(
    `await modules.import("./types.ts", ["rows", "Row", "rowz as typo", "default as d", "* as all"])`,
  );
  expect(await host.run(`return [rows, all.rows === rows]`)).toEqual([[], true]);
  expect((await host.fail(`typo`)).message).toBe(
    '"./types.ts" has no export named "rowz" (did you mean "rows"?); it exports rows',
  );
  expect((await host.fail(`d`)).message).toBe(
    '"./types.ts" has no default export; it exports rows',
  );
});

test.each([
  ["./a.tz", 'no module "./a.tz" in FOLDER (did you mean "a.ts"?)'],
  ["./nothing/at/all", 'no module "./nothing/at/all" in FOLDER/nothing/at'],
  [
    "./table.csv",
    '"./table.csv" cannot be imported: it is none of .ts, .mts, .js, .mjs, .cjs, .json, .wasm, .node',
  ],
  [
    "minee",
    `package "minee" not found in FOLDER nor in the kernel's own dependencies (did you mean "mine"?); to install it: npm install minee`,
  ],
  [
    "@no/such/deep",
    `package "@no/such" not found in FOLDER nor in the kernel's own dependencies; to install it: npm install @no/such`,
  ],
  [
    "plain",
    `package "plain" not found in FOLDER nor in the kernel's own dependencies (the file beside it is "./plain"); to install it: npm install plain`,
  ],
  [
    "https://esm.sh/x",
    'cannot import "https://esm.sh/x" from the web: install it as a package, or download it and import the file',
  ],
  [
    "./host.wasm",
    'FOLDER/host.wasm imports "env", which no file provides: instantiate it with WebAssembly.instantiate(bytes, { "env": … })',
  ],
])("%s is refused with one clear error", async (specifier, message) => {
  host.write("table.csv", "a,b");
  host.write("host.wasm", WASM("env"));
  const failure = await host.fail(`await modules.import(${JSON.stringify(specifier)})`);
  expect(failure).toMatchObject({
    name: "InputError",
    message: message.replaceAll("FOLDER", host.folder),
  });
});

test("syntax errors name file, line and column", async () => {
  host.write("bad.ts", "const a: number = 1;\nconst b = );");
  host.write("bad.js", "import 'fs';\n  const c = );");
  host.write("bad.json", '{\n  "a": x\n}');
  const message = async (file: string) =>
    (await host.fail(`await modules.import("./${file}")`)).message;
  expect(await message("bad.ts")).toBe(`Unexpected ")" in ${host.folder}/bad.ts:2:11`);
  expect(await message("bad.js")).toBe(`Unexpected token in ${host.folder}/bad.js:2:13`);
  expect(await message("bad.json")).toMatch(/ in .*bad\.json:[12]:/);
  host.write("link.ts", "import { nope } from './plain.js';\nnope();");
  expect(await message("link.ts")).toMatch(/plain\.js' does not provide an export named 'nope'/);
});

test("frames of a module map to its TypeScript", async () => {
  host.write(
    "throws.ts",
    "interface A {\n  a: number;\n}\n\nexport function f(a: A): never {\n    throw new Error('here ' + a.a);\n}\n",
  );
  const frame = await host.run(`
    const { f } = await modules.import("./throws.ts");
    try { f({ a: 1 }) } catch (error) {
      const [, url, line, column] = /(file:\\S+):(\\d+):(\\d+)/.exec(error.stack);
      return moduleOrigin(url, { line: Number(line), column: Number(column) });
    }`);
  expect(frame).toEqual({ file: `${host.folder}/throws.ts`, line: 6, column: 11 });
});
