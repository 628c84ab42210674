// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells that hold templates
import { expect, test } from "vitest";
import { isComplete } from "../../../kernel/language/is-complete.js";

test.each([
  "1",
  'console.log("hi")',
  "function f(x: number) { return x*2 }",
  "const r = /[(]/",
  "",
  "// (",
  "const t = `a ${ {b: 1}.b } (`",
  "%shout foo(",
  "a?",
  "%%sql\nselect (",
  "%%time\nlet a = 1",
  "%%timeit\nf(1)",
  "%time const a = 1",
  "!ls -l | wc",
  "!echo (",
  "{a: 1, b: 2}",
  "await x",
  "import { a } from 'x'",
  "type A = { b: string }",
])("complete: %s", async (code) => {
  expect(await isComplete(code)).toEqual({ status: "complete" });
});

test.each([
  ["function f(x: number) {", "  "],
  ['console.log("hi', "  "],
  ["`abc", ""],
  ["`abc ${", "  "],
  ["if (true) {", "  "],
  ["if (true) {\n\n", "  "],
  ["class A {\n  m(): void {", "    "],
  ["class A {\n  m(): void {\n    f()", "    "],
  ["class A {\n  m() {}", "  "],
  ["a +", ""],
  ["foo(", "  "],
  ["x =>", ""],
  ["/* open", ""],
  ["const x: number =", ""],
  ["{a: 1, b:", "  "],
  ["f({", "    "],
  ["[1, 2,", "  "],
  ["%time x\nif (a) {", "  "],
  ["%time rows.map((row) => {", "    "],
  ["%timeit rows.map((row) => {", "    "],
  ["%%time", ""],
  ["%%timeit -n 3", ""],
  ["%%timeit\nif (a) {", "  "],
  ["%%time\nif (a) {", "  "],
  ["%%html", ""],
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
