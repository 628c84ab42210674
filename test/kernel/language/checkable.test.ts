import { expect, test } from "vitest";
import { checkable } from "../../../kernel/language/checkable.js";

const known = new Set(["flag", "ready"]);
const of = (cell: string) => checkable(cell, (name) => known.has(name));

// `·` is a space.
test.each([
  ["const a = 1\na", "const a = 1\na"],
  ["const t = ok?\n1 : 2", "const t = ok?\n1 : 2"],
  ["%time const a: number = f(1)\na", ";·····const a: number = f(1)\na"],
  ["%timeit -n 5 f({\n  a: 1,\n})\nb", ";{···········f({\n  a: 1,\n})}\nb"],
  ["%%time\nconst a = 1\na", "······\nconst a = 1\na"],
  ["%%timeit -r 3\nf(1)", ";{···········\nf(1)}"],
  ["%timeit const a = f(1) // one\nb", ";{······const a = f(1) }// one\nb"],
  ["%%time\n%who\na", "······\n;···\na"],
  ["%check off\nconst a = 1", ";·········\nconst a = 1"],
  ["a\n%env PATH\n(b)", "a\n;········\n(b)"],
  ["a.b?\nlet c = 1\nc??", ";···\nlet c = 1\n;··"],
  ["!npm install x\r\nconst é = '😀'", ";·············\r\nconst é = '😀'"],
  ["!ls -la\nconst a = 1", ";······\nconst a = 1"],
  ["!ready && go()", "!ready && go()"],
  ["%who\n!ready && go()\n!ls -l", ";···\n!ready && go()\n;·····"],
  ["!npm install x\n!ls\n!flag", ";·············\n;··\n!flag"],
  ["!flag\nenum E { A }", "!flag\nenum E { A }"],
  ["const s = `\n%time x\n!ls\n`\n%who", "const s = `\n%time x\n!ls\n`\n;···"],
  // still being typed
  ["%time x.\n%who", ";·····x.\n;···"],
])("%j", (cell, expected) => {
  const text = expected.replaceAll("·", " ");
  expect(of(cell)).toEqual({ text });
});

test.each(["%%html\n<b>", "%%bash\nls", "%%tiem\nx", "%%time f(1)\nx", "%%timeit"])(
  "no TypeScript in %j",
  (cell) => {
    expect(of(cell)).toBeUndefined();
  },
);

test.each([
  ["{a: 1, b: 2}", ";(", "{a: 1, b: 2})"],
  ["  {a: 1,\n b: 2} // both", ";(", "  {a: 1,\n b: 2}) // both"],
  ["const a = 1\n{ a, b: 2 }", undefined, "const a = 1;(\n{ a, b: 2 })"],
  ["const a = 1 // one\r\n{ a, b: 2 }", undefined, "const a = 1 ;(// one\r\n{ a, b: 2 })"],
  ["%%time\n{a: 1}", undefined, "      ;(\n{a: 1})"],
  [
    "class A { constructor(readonly a: number) {} }\n{ a: new A(1) }",
    undefined,
    "class A { constructor(readonly a: number) {} };(\n{ a: new A(1) })",
  ],
  ["{ let a = 1; a }", undefined, "{ let a = 1; a }"],
  ["for (;;)\n{\n}", undefined, "for (;;)\n{\n}"],
])("an object in %j", (cell, before, text) => {
  expect(of(cell)).toEqual({ text, ...(before && { before }) });
});
