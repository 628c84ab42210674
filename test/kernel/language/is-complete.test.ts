// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells that hold templates
import { expect, test } from "vitest";
import { isComplete } from "../../../kernel/language/is-complete.js";

test.each([
  "1",
  "",
  "\n\n",
  'console.log("hi")',
  "function f(x: number) { return x*2 }",
  "function f(x) {\n  return x\n}",
  "function f() {}\n// a function",
  "declare function f(): void",
  "function f(x: number): void;",
  'x = "function"',
  "const f = <T,>(x: T) => x",
  "if (x) {\n  1\n}",
  "if (x) y;",
  "do {\n} while (x)",
  "a\n  .b()\n  .c()",
  "f(async (x) => {\n  await y;\n})",
  "const a = [\n  1,\n  2,\n]",
  "const r = /[(]/",
  "// (",
  "/* ( */",
  "1 // {",
  "const t = `a ${ {b: 1}.b } (`",
  "%shout foo(",
  "%time const a = 1",
  "!ls -l | wc",
  "!echo (",
  "'a\\\nb'",
  "'🎈' + '本('",
  "const 日本 = { 語: '{' }",
  "@dec()\nclass A {}",
  "enum A { B }",
  "{a: 1, b: 2}",
  "await x",
  "for await (const x of y) x;",
  "using x = f()",
  "import { a } from 'x'",
  "type A = { b: string }",
  "type A =\n  | 'a'\n  | 'b'",
  "let x: Map<string, number>",
  "a?",
  "f??",
  "%%sql\nselect (\n",
  "%%time\nif (a) {\n    ",
])("complete: %j", async (code) => {
  expect(await isComplete(code)).toEqual({ status: "complete" });
});

test.each([
  // Brackets: a step for a line that opens some, however many.
  ["foo(", "  "],
  ["[1, 2,", "  "],
  ["function f(x: number) {", "  "],
  ["if (true) {", "  "],
  ["if (true) {\n\n", "  "],
  ["class A {\n  m(): void {", "    "],
  ["f({", "  "],
  ["const a = { b: [", "  "],
  ["f(async (x) => {", "  "],
  ["{a: 1, b:", "  "],
  ["    x => {", "      "],
  ["\tif (a) {", "\t  "],
  ["const 日本 = {", "  "],
  ["f(a)(", "  "],
  ["a![", "  "],
  ["import {", "  "],
  ["for await (const x of y) {", "  "],
  // A line inside says how far its neighbours are indented.
  ["class A {\n  m(): void {\n    f()", "    "],
  ["class A {\n  m() {}", "  "],
  ["f({\n    a: 1,", "    "],
  ["interface A {\n  a: string", "  "],
  ["enum A {\n  B,", "  "],
  ["class A {\n  @dec()", "  "],
  // A closing bracket goes back to the line that opened it, also where it was typed too far right.
  ["class A {\n  m() {\n    f()\n    }", "  "],
  ["class A {\n  m() {\n    if (a) {\n    } else {", "      "],
  ["f(async (x) => {\n  await y;\n  }", ""],
  ["if (a) {\n  b\n  } else {", "  "],
  ["f(\n  a(\n    b)", "  "],
  // A body or a value is still to come.
  ["x =>", "  "],
  ["const f = (x: number): number =>", "  "],
  ["const x: number =", "  "],
  ["type A =", "  "],
  ["if (x)", "  "],
  ["if (x) {\n}\nelse", "  "],
  ["if (f(x) && (y))", "  "],
  ["for (const a of b)", "  "],
  ["for await (const a of b)", "  "],
  ["while (x) // why", "  "],
  ["do", "  "],
  ["switch (x) {\n  case 1:", "    "],
  ["switch (x) {\n  case 1:\n    f();\n    default:", "    "],
  // Anything else goes on where it is.
  ["a +", ""],
  ["a ||\n  b &&", "  "],
  ["a ? b :", ""],
  ["a.", ""],
  ["a?.", ""],
  ["a\n  .b(x)\n  .", "  "],
  ["let x:", ""],
  ["let x: Map<string,", ""],
  ["type A =\n  | 'a'\n  |", "  "],
  ["class A", ""],
  ["function f()", ""],
  ["async function f(x: number): Promise<void>", ""],
  ["@dec", ""],
  ["x as", ""],
  ["await", ""],
  ["import { a } from", ""],
  ["try {\n}", ""],
  ["const r = /a", ""],
  ["'🎈' +", ""],
  ["'abc", ""],
  ['console.log("hi', "  "],
  ["/* open", ""],
  ["  /**\n   * open", "   "],
  // Blanks in a template are text.
  ["`abc", ""],
  ["  `abc\n  def", ""],
  ["`abc ${a}\n  b", ""],
  ["`abc ${", "  "],
  ["`abc ${f(`x", ""],
  // Magics
  ["%time x\nif (a) {", "  "],
  ["%time foo(", "  "],
  ["%time {", "  "],
  ["%time rows.map((row) => {", "  "],
  ["%timeit rows.map((row) => {", "  "],
  ["%%time", ""],
  ["%%timeit\nif (a) {", ""],
  ["%%bash\nif true; then\n  ls (", "  "],
])("incomplete: %j", async (code, indent) => {
  expect(await isComplete(code)).toEqual({ status: "incomplete", indent });
});

test.each([
  "let x = )",
  "import = 7q",
  "foo(1, ]",
  "const a = 'x\nfoo()",
  "return 5",
  "{a: 1, )",
  "%time let x = )",
  "}",
  "foo bar",
  "const x = 5 5",
  "const r = /(/",
  "case 1:",
  "a..b; c?.",
])("invalid: %j", async (code) => {
  expect(await isComplete(code)).toEqual({ status: "invalid" });
});

test.each(["(", "[", "{", "`${", "f(", "a[", "x => {"])(
  "what is nested deeper than any parser goes is invalid: %s",
  async (open) => {
    expect(await isComplete(open.repeat(300_000))).toEqual({ status: "invalid" });
    expect(await isComplete("const a: number = 1")).toEqual({ status: "complete" });
  },
);

test("a long text full of brackets is not deep", async () => {
  const text = JSON.stringify("([{".repeat(2_000));
  expect(await isComplete(`${text}; ${"(1);[2];".repeat(1_000)}`)).toEqual({ status: "complete" });
});

test("5,000 lines are answered for before a console stops waiting", async () => {
  const body = (n: number) =>
    `function f${n}(x: number) {\n  if (x > 3) return { x };\n  return [x].map((y) => y);\n}\n`;
  const text = Array.from({ length: 1_250 }, (_, n) => body(n)).join("");
  const start = performance.now();
  expect(await isComplete(text)).toEqual({ status: "complete" });
  expect(await isComplete(`${text}if (x) {`)).toEqual({ status: "incomplete", indent: "  " });
  expect(performance.now() - start).toBeLessThan(2_000);
});
