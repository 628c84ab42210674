// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "acorn";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { erase } from "../../../kernel/language/erase.js";

const root = resolve(import.meta.dirname, "../../..");

test("this project's own sources are what esbuild makes of them, place for place", () => {
  const files = ["kernel", "extensions", "datasets", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
      .map((name) => join(root, folder, name)),
  );
  let erasedFiles = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const erased = erase(text);
    if (erased === undefined) continue;
    erasedFiles++;
    expect(erased.split("\n").map(({ length }) => length)).toEqual(
      text.split("\n").map(({ length }) => length),
    );
    expect(shape(erased, "js"), file).toBe(shape(text, "ts"));
  }
  expect(erasedFiles).toBeGreaterThan(files.length / 2);
});

/** Each would run on into the next line, or into something else, without its semicolon. */
test.each([
  "let a = 1\ntype T = string\n(b)",
  "let a = b as unknown as () => void\n(c)",
  "let a = b satisfies object\n`c`",
  "let a = b as object // c\n(d)",
  "let a = b as object /* c\n */ [d]",
  "let a = b\ninterface I { x: 1 }\n;[c]",
  "class A { a = 1\n readonly ['b'] = 2 }",
  "class A { a = 1\n private *b() {} }",
  "abstract class A { a = 1\n abstract ['b']: number\n ['c'] = 1 }",
  "class A { a = 1\n declare b: string\n ['c'] = 1 }",
  "export abstract class A<T> extends B<T> implements C, D { override e?(): void; static readonly f!: 1 }",
  "class A implements B { }",
  "let f = class implements B { [k: string]: unknown }",
  "function f(this: Window, a?: number, ...b: string[]) {}",
  "function f(this: void) {}",
  "import { type A, b, type C } from 'x'; import type D from 'y'; type E = 1; export { b, type E, type A }; export type { C }",
  "import { type A } from 'x'",
  "export declare const a: number\nexport default interface I {}",
  "declare global { interface Window { a: 1 } }\ndeclare module 'x' { export const y: 1 }\ndeclare enum E { A }",
  "const f = async <T,>(x: T): Promise<T> => x!",
  "a?.b!.c; a![0]!(); f<string>('x'); new Map<string, number>; tag<string>`x${y as string}`",
  "for (const [a, b] of c as [string, number][]) {}\nlet d!: number; catchIt: try {} catch (e: unknown) {}",
  "const { a, b }: { a: 1; b: 2 } = c; let g: typeof import('x')",
  "(a as any) = 1; (a satisfies any).b = 2; let é: string = '😀' as string",
])("erased like esbuild does: %j", (text) => {
  const erased = erase(text);
  expect(erased).toHaveLength(text.length);
  expect(shape(erased ?? "", "js")).toBe(shape(text, "ts"));
});

test.each([
  "enum E { A }",
  "namespace N { export const a = 1 }",
  "class A { constructor(private a: number) {} }",
  "@d class A {}",
  "class A { accessor a = 1 }",
  "class A { get: number\n a() {} }",
  "class A { static?: number\n a() {} }",
  "function f() { return <\nT>(x: T) => x }",
  "import a = require('a')",
  "export = 1",
  "<string>a",
  "let a: = 1",
  // With spaces alone in the place of types, each would be something else.
  "function f() { return <\n  T,\n>(a: T) => a }",
  "function* f() { yield <T>\n(a: T) => a }",
  "class A { get: number\n b() {} }",
  "class A { static: number\n b() {} }",
  // Each level would take as long as all within it, twice.
  "f<T>(".repeat(30),
  `${"<T>(".repeat(30)}1${")".repeat(30)}`,
])("left to the compiler: %j", (text) => {
  expect(erase(text)).toBeUndefined();
});

/** The syntax tree, places and empty statements aside. */
function shape(code: string, loader: "js" | "ts"): string {
  const { code: plain } = transformSync(code, {
    loader,
    target: "esnext",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
  });
  const program = parse(plain, { ecmaVersion: "latest", sourceType: "module" });
  return JSON.stringify(program, (key, value) => {
    if (key === "start" || key === "end" || key === "raw") return undefined;
    if (typeof value === "bigint") return String(value);
    return Array.isArray(value) ? value.filter((one) => one?.type !== "EmptyStatement") : value;
  });
}
