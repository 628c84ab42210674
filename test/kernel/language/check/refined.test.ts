import { expect, test } from "vitest";
import { REFINED } from "../../../../kernel/language/check/refined.js";
import { typeCheck } from "../../../support/type-check.js";

const DECLARED = `
  import type { Refined } from "./refined.js";
  import type { DataType, Int32, Table, Utf8, Vector } from "apache-arrow";
  type Row = { id: number; name: string | null };
  interface Plain { data: any; next?: Plain }
  interface Tree { children: Tree[]; value: any }
  class Box<T = any> { constructor(public value: T) {} get(): T { return this.value; } }
  class Hidden { private hidden = 1; data: any; }
  class Model { data: any; fit(): void {} }
  class Cache extends Map<string, any> { hits = 0 }`;

/** Declared, what the value turned out to be, and what comes of both. */
const REFINES: [declared: string, found: string, refined: string][] = [
  ["any", "Row", "Row"],
  ["any", "string | null", "string | null"],
  ["unknown", "Row", "Row"],
  ["unknown[]", "Row[]", "Row[]"],
  ["any[]", "Row[]", "Row[]"],
  ["any[]", "(Row | null)[]", "(Row | null)[]"],
  ["any[]", "any[] & { columns: string[] }", "any[] & { columns: string[] }"],
  ["readonly any[]", "Row[]", "readonly Row[]"],
  ["never[]", "Row[]", "Row[]"],
  ["{}", "{ a?: number }", "{ a?: number }"],
  ["any[][]", "number[][]", "number[][]"],
  ["Map<any, any>", "Map<string, Row>", "Map<string, Row>"],
  ["Map<string | number, any>", "Map<string, Row>", "Map<string | number, Row>"],
  ["Set<any>[]", "Set<number>[]", "Set<number>[]"],
  ["Table<any>", "Table<{ id: Int32 }>", "Table<{ id: Int32 }>"],
  ["Table", "Table<{ id: Int32 }>", "Table<{ id: Int32 }>"],
  ["Vector<any>", "Vector<Int32>", "Vector<Int32>"],
  ["Box", "Box<number>", "Box<number>"],
  ["Record<string, any>", "Record<string, number>", "Record<string, number>"],
  ["{ ok: boolean; body: any }", "{ ok: boolean; body: Row }", "{ ok: boolean; body: Row }"],
  ["{ ok: boolean; body: any }[]", "{ ok: boolean; body: Row }[]", "{ ok: boolean; body: Row }[]"],
  ["{ a: { b: { c: any } } }", "{ a: { b: { c: Row[] } } }", "{ a: { b: { c: Row[] } } }"],
  [
    "{ readonly a?: any; b: number }",
    "{ a: string; b: string }",
    "{ readonly a?: string; b: number }",
  ],
  ["Plain", "{ data: 1; next?: { data: 2 } }", "{ data: 1; next?: Plain }"],
  ["Tree", "{ children: any[]; value: 1 }", "{ children: Tree[]; value: 1 }"],
];

/** Declared, and what the value turned out to be: the declaration stays. */
const STAYS: [declared: string, found: string][] = [
  ["never", "Row"],
  ["string", "string"],
  ["boolean", "boolean"],
  ["object", "{ a?: number }"],
  ["{ id: number }", "Row"],
  ["{ a?: number }", "{ a: number }"],
  ["{ id: number; name?: string }[]", "{ id: number; name?: string | null | undefined }[]"],
  ["Record<string, any>", "{ a: number }"],
  ["any[] | null", "Row[]"],
  ["Table<any> | null", "Table<{ id: Int32 }>"],
  ["{ a: any } | { b: any }", "{ a: number }"],
  ["{ a: any } | undefined", "{ a: number }"],
  ["[any, any]", "number[]"],
  ["any[]", "string"],
  ["any", "any"],
  ["(x: any) => any", "any"],
  ["(x: any) => any", "{ a: number }"],
  ["typeof Box", "{ a: number }"],
  ["Promise<any>", "Promise<any>"],
  ["Promise<number>", "Promise<any>"],
  ["Response", "Response"],
  ["Map<string, number>", "Map<string, any>"],
  ["Set<number>", "Set<number | null>"],
  ["Cache", "Map<string, number>"],
  ["RegExpMatchArray", "string[]"],
  ["Table<{ id: Int32; x: Utf8 }>", "Table<{ id: Int32 }>"],
  ["Table<{ id: Int32 }>", "Table<{ id: DataType }>"],
  ["Table<{ id: Int32 }>", "Table<{}>"],
  ["Hidden", "{ data: number }"],
  ["Model", "{ data: number; fit: any }"],
  ["{ a: any; f(x: number): string }", "{ a: number; f: any }"],
  ["Plain", "{ data: any }"],
];

test("what was found stands in the place of any, and nowhere else", async () => {
  const same = [...REFINES, ...STAYS.map(([declared, found]) => [declared, found, declared])];
  const cases = same.map(
    ([declared, found, refined], i) =>
      `const c${i}: Same<Refined<${declared}, ${found}>, ${refined}> = true;`,
  );
  const failed = [...cases, "const wrong: Same<Refined<any, Row>, any> = true;"].join("\n");
  const said = await typeCheck({
    "refined.ts": REFINED,
    "cases.ts": `${DECLARED}
      type Same<A, B> =
        (<G>() => G extends A ? 1 : 2) extends (<G>() => G extends B ? 1 : 2) ? true : [A, B];
      ${failed}`,
  });
  const lines = failed.split("\n");
  const offset = DECLARED.split("\n").length + 2;
  const wrong = said.map((line) => lines[Number(/\((\d+)/.exec(line)?.[1]) - offset - 1] ?? line);
  expect(wrong).toEqual([lines.at(-1)]);
});
