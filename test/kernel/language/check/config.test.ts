import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Checker as CheckerType } from "../../../../kernel/language/check/index.js";
import { built, writeFiles } from "../../../support/built-checker.js";

const { Checker } = built;

let folder: string;
let checker: CheckerType;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-config-"));
});
afterEach(() => {
  checker.stop();
  rmSync(folder, { recursive: true });
});

async function codes(text: string): Promise<number[]> {
  // On a machine that is busy, the compiler may need longer than a cell waits.
  let verdict = await checker.check({ text, declared: [] }).catch(() => undefined);
  while (!verdict) verdict = await checker.check({ text, declared: [] }).catch(() => undefined);
  const { problems } = verdict;
  return problems.map(({ code }) => code);
}

const options = (compilerOptions: object, more: object = {}) => ({
  "tsconfig.json": { compilerOptions, ...more },
});
const NULL = "const a: string = null";
const INDEX = "const list = [1]; list[0].toFixed()";
const EXACT = "const a: { b?: number } = { b: undefined }";
const UNTYPED = "function f(a) { return a }";

test.each<[string, Record<string, string | object>, string, number[]]>([
  ["none: strict", {}, NULL, [2322]],
  ["none: but for parameters without a type", {}, UNTYPED, []],
  ["none: no browser", {}, "document.title", [2584]],
  ["strict: false", options({ strict: false }), NULL, []],
  ["strict: true, parameters included", options({ strict: true }), UNTYPED, [7006]],
  ["noImplicitAny", options({ noImplicitAny: true }), UNTYPED, [7006]],
  ["noUncheckedIndexedAccess", options({ noUncheckedIndexedAccess: true }), INDEX, [2532]],
  ["exactOptionalPropertyTypes", options({ exactOptionalPropertyTypes: true }), EXACT, [2375]],
  ["lib", options({ lib: ["esnext", "dom"] }), "document.title", []],
  ["types", options({ types: [] }), "process.version", [2591]],
  [
    "paths",
    {
      ...options({ paths: { one: ["./src/one.ts"] } }),
      "src/one.ts": "export const one: number = 1;",
    },
    'import { one } from "one"; one.x',
    [2339],
  ],
  [
    "comments and trailing commas",
    { "tsconfig.json": '{ // no\n"compilerOptions": { /* */ "strict": false, }, }' },
    NULL,
    [],
  ],
  [
    "what a file that it extends says",
    { "tsconfig.json": { extends: "./base" }, "base.json": { compilerOptions: { strict: false } } },
    NULL,
    [],
  ],
  [
    "what a package that it extends says",
    {
      "tsconfig.json": { extends: "@my/config" },
      "node_modules/@my/config/package.json": { name: "@my/config", version: "1.0.0" },
      "node_modules/@my/config/tsconfig.json": { compilerOptions: { strict: false } },
    },
    NULL,
    [],
  ],
  [
    "parameters as a file that it extends says",
    {
      "tsconfig.json": { extends: ["./base.json"] },
      "base.json": { compilerOptions: { strict: true } },
    },
    UNTYPED,
    [7006],
  ],
  [
    "what only a build needs is left out",
    options(
      {
        module: "nodenext",
        target: "es5",
        composite: true,
        rootDir: "src",
        outDir: "out",
        verbatimModuleSyntax: true,
        isolatedDeclarations: true,
      },
      { include: ["src"], references: [{ path: "./other" }] },
    ),
    'import { Readable } from "stream"; await 1',
    [],
  ],
])("%s", async (_, files, text, expected) => {
  writeFiles(folder, files);
  checker = new Checker(folder);
  expect(await codes(text)).toEqual(expected);
});

test("paths of a file elsewhere that it extends, beside a package of the kernel's own", async () => {
  writeFiles(folder, {
    "tsconfig.json": { extends: "./config/base.json" },
    "config/base.json": { compilerOptions: { strict: true, paths: { one: ["../src/one.ts"] } } },
    "src/one.ts": "export const one: number = 1;",
  });
  checker = new Checker(folder);
  expect(await codes('import { Table } from "apache-arrow"; new Table().x')).toEqual([2339]);
  expect(await codes('import { one } from "one"; one.x')).toEqual([2339]);
});

test("edits of the file and of what it extends hold from the next cell on", async () => {
  checker = new Checker(folder);
  expect(await codes(NULL)).toEqual([2322]);
  writeFiles(folder, {
    "tsconfig.json": { extends: "./base.json" },
    "base.json": { compilerOptions: { strict: false } },
  });
  expect(await codes(NULL)).toEqual([]);
  writeFiles(folder, { "base.json": { compilerOptions: { strict: true } } });
  expect(await codes(NULL)).toEqual([2322]);
  writeFiles(folder, {
    "base.json": { compilerOptions: {} },
    "tsconfig.json": { compilerOptions: { strict: false } },
  });
  expect(await codes(NULL)).toEqual([]);
  rmSync(join(folder, "tsconfig.json"));
  expect(await codes(NULL)).toEqual([2322]);
});

test.each<[string, string | object, RegExp]>([
  ["broken JSON", '{ "compilerOptions": { , "lib": ["dom" }', /^Property assignment expected\.$/],
  ["no object", "[]", /must be an object/],
  [
    "an unknown option",
    { compilerOptions: { strictt: true } },
    /^Unknown compiler option 'strictt'/,
  ],
  [
    "values of another kind",
    { compilerOptions: { lib: "dom", types: "node", paths: [] }, files: 3 },
    /'lib' requires a value of type Array/,
  ],
  ["a file that is not there", { extends: "./nowhere.json" }, /nowhere\.json'/],
  ["a package that is not there", { extends: "@my/nothing" }, /'@my\/nothing' not found/],
  ["types that are not there", { compilerOptions: { types: ["nothing"] } }, /'nothing'/],
  ["itself", { extends: "./tsconfig.json" }, /extends itself/],
])("%s: said once, and cells are checked all the same", async (_, content, complaint) => {
  writeFiles(folder, { "tsconfig.json": content });
  checker = new Checker(folder);
  expect(await codes("const n: number = 'text'")).toEqual([2322]);
  await codes("1");
  const complaints = checker.complaints();
  expect(complaints.filter((text) => complaint.test(text))).toHaveLength(1);
  expect(complaints.filter((text) => text.includes("\n"))).toEqual([]);
  expect(checker.complaints()).toEqual([]);
});
