import { mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Checker as CheckerType } from "../../../../kernel/language/check/index.js";
import { built, writeFiles } from "../../../support/built-checker.js";

const { Checker } = built;

let folder: string;
let checker: CheckerType;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-disk-"));
});
afterEach(() => {
  checker.stop();
  rmSync(folder, { recursive: true });
});

function open(files: Record<string, string | object> = {}, at = folder): void {
  writeFiles(folder, files);
  checker = new Checker(at);
}

/** The first lines of what is wrong with a cell, which runs all the same. */
async function check(text: string, declared: string[] = []): Promise<string[]> {
  // On a machine that is busy, the compiler may need longer than a cell waits.
  let verdict = await checker.check({ text, declared }).catch(() => undefined);
  while (!verdict) verdict = await checker.check({ text, declared }).catch(() => undefined);
  const { problems } = verdict;
  checker.commit({ text, declared });
  return problems.map(({ message }) => message.split("\n", 1)[0] as string);
}

const no = (name: string, type: string) => `Property '${name}' does not exist on type '${type}'.`;
const missing = (name: string) =>
  `Cannot find module '${name}' or its corresponding type declarations.`;
const declares = (name: string, text: string) => ({
  [`node_modules/${name}/package.json`]: { name, version: "1.0.0", types: "types.d.ts" },
  [`node_modules/${name}/types.d.ts`]: text,
});

describe("local modules", () => {
  test("that are written and edited while cells use them", async () => {
    open();
    expect(await check('import { one } from "./lib.ts"')).toEqual([missing("./lib.ts")]);
    writeFiles(folder, { "lib.ts": "export const one: number = 1;" });
    expect(await check('import { one } from "./lib.ts"; one.x')).toEqual([no("x", "number")]);
    writeFiles(folder, { "lib.ts": 'export const one: string = ""; export * from "./deep.js"' });
    expect(await check("one.x")).toEqual([no("x", "string")]);
    writeFiles(folder, { "deep.ts": "export const two: number = 1;" });
    expect(await check('import { two } from "./lib"; two.x')).toEqual([no("x", "number")]);
    writeFiles(folder, { "deep.ts": "export const two: boolean = true;" });
    expect(await check("two.x")).toEqual([no("x", "boolean")]);
    rmSync(join(folder, "deep.ts"));
    expect(await check('import { two } from "./lib"')).toEqual([
      "Module '\"./lib\"' has no exported member 'two'.",
    ]);
  });

  test("data in JSON", async () => {
    open({ "data.json": { a: 1 } });
    expect(await check('import data from "./data.json"; data.b')).toEqual([
      no("b", "{ a: number; }"),
    ]);
    writeFiles(folder, { "data.json": { b: 1 } });
    expect(await check("data.b")).toEqual([]);
  });

  test("under names of tsconfig.json", async () => {
    open({
      "tsconfig.json": { compilerOptions: { paths: { "@lib/*": ["./src/*"] } } },
      "src/one.ts": "export const one: number = 1;",
    });
    expect(await check('import { one } from "@lib/one"; one.x')).toEqual([no("x", "number")]);
    writeFiles(folder, { "src/one.ts": "export const one: string = '';" });
    expect(await check("one.x")).toEqual([no("x", "string")]);
  });

  test("in a folder whose name has spaces, signs and letters of the world", async () => {
    const odd = join(folder, "my # 100% näme $(x)");
    open({ "my # 100% näme $(x)/lib.ts": "export const one: number = 1;" }, odd);
    expect(await check('import { one } from "./lib.ts"; one.x')).toEqual([no("x", "number")]);
    expect(await check("one.x")).toEqual([no("x", "number")]);
  });

  test("a verdict from before a module was edited is stale", async () => {
    open({ "lib.ts": "export const one: number = 1;" });
    const text = 'import { one } from "./lib.ts"; one.toFixed()';
    const verdict = await checker.check({ text, declared: ["one"] });
    expect(checker.isFresh(verdict)).toBe(true);
    writeFiles(folder, { "lib.ts": "export const one: string = '';" });
    expect(checker.isFresh(verdict)).toBe(false);
  });
});

describe("packages", () => {
  test("that are installed while the kernel runs, types of others too", async () => {
    open({ "node_modules/plain/index.js": "module.exports = { a: 1 }" });
    expect(await check('import { p } from "pkg"')).toEqual([missing("pkg")]);
    writeFiles(folder, declares("pkg", "export const p: number;"));
    expect(await check('import { p } from "pkg"; p.x')).toEqual([no("x", "number")]);
    const { problems } = await checker.check({ text: 'import a from "plain"', declared: [] });
    expect(problems).toMatchObject([
      { code: 7016, severity: "warning", hint: expect.stringContaining("%install @types/plain") },
    ]);
    writeFiles(folder, declares("@types/plain", "declare const a: number; export default a;"));
    expect(await check('import a from "plain"; a.x')).toEqual([no("x", "number")]);
  });

  test("the kernel's own are there without installing; the folder's own go first", async () => {
    open();
    expect(await check('import { Table } from "apache-arrow"; new Table().own')).toEqual([
      no("own", "Table<any>"),
    ]);
    writeFiles(folder, declares("apache-arrow", "export class Table { own: string }"));
    expect(await check("new Table().own.x")).toEqual([no("x", "string")]);
  });

  test("in a node_modules that is a link", async () => {
    writeFiles(folder, declares("pkg", "export const p: number;"));
    renameSync(join(folder, "node_modules"), join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "node_modules"), "junction");
    open();
    expect(await check('import { p } from "pkg"; p.x')).toEqual([no("x", "number")]);
  });

  test("with broken types keep nothing else from being checked", async () => {
    open({
      ...declares("broken", "export const x: = 3; }}} export type"),
      ...declares(
        "round",
        'export * from "./other"; import { B } from "./other"; export type A = B;',
      ),
      "node_modules/round/other.d.ts":
        'export * from "./types"; import { A } from "./types"; export type B = A;',
      "node_modules/gone/package.json": { name: "gone", version: "1.0.0", types: "nowhere.d.ts" },
      "node_modules/gone/index.js": "",
    });
    expect(await check('import { x } from "broken"; x')).toEqual([]);
    expect(await check('import type { A } from "round"; const a = 1 as unknown as A')).toEqual([]);
    await check('import gone from "gone"; gone');
    expect(await check("const n: number = 'text'")).toEqual([
      "Type 'string' is not assignable to type 'number'.",
    ]);
  });

  test("declarations of Node are the kernel's, and the folder's where it has some", async () => {
    open();
    expect(await check("process.version.x")).toEqual([no("x", "string")]);
    writeFiles(folder, {
      ...declares("@types/node", "declare const ofTheFolder: string;"),
      "tsconfig.json": {},
    });
    expect(await check("ofTheFolder.x")).toEqual([no("x", "string")]);
  });
});
