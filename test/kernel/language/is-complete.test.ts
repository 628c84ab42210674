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
  "%time foo(",
  "a?",
  "%%sql\nselect (",
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
])("incomplete: %j", async (code, indent) => {
  expect(await isComplete(code)).toEqual({ status: "incomplete", indent });
});

test.each(["let x = )", "import = 7q", "foo(1, ]", "const a = 'x\nfoo()", "return 5", "{a: 1, )"])(
  "invalid: %j",
  async (code) => {
    expect(await isComplete(code)).toEqual({ status: "invalid" });
  },
);
