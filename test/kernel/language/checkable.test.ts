import { expect, test } from "vitest";
import { checkable } from "../../../kernel/language/checkable.js";

const known = new Set(["flag", "ready"]);
const textOf = async (cell: string) => (await checkable(cell, (name) => known.has(name)))?.text;

// `·` is a space.
test.each([
  ["const a = 1\na", "const a = 1\na"],
  ["const t = ok?\n1 : 2", "const t = ok?\n1 : 2"],
  ["%time const a: number = f(1)\na", ";·····const a: number = f(1)\na"],
  ["%timeit -n 5 f({\n  a: 1,\n})\nb", ";············f({\n  a: 1,\n})\nb"],
  ["%%time\nconst a = 1\na", "······\nconst a = 1\na"],
  ["%%timeit -r 3\nf(1)", ";············\nf(1)"],
  ["%%time\n%who\na", "······\n;···\na"],
  ["%check off\nconst a = 1", ";·········\nconst a = 1"],
  ["a\n%env PATH\n(b)", "a\n;········\n(b)"],
  ["a.b?\nlet c = 1\nc??", ";···\nlet c = 1\n;··"],
  ["!npm install x\r\nconst é = '😀'", ";·············\r\nconst é = '😀'"],
  ["!ls -la\nconst a = 1", ";······\nconst a = 1"],
  ["!ready && go()", "!ready && go()"],
  ["!flag\nenum E { A }", "!flag\nenum E { A }"],
  ["const s = `\n%time x\n!ls\n`\n%who", "const s = `\n%time x\n!ls\n`\n;···"],
  // still being typed
  ["%time x.\n%who", ";·····x.\n;···"],
])("%j", async (cell, expected) => {
  const text = expected.replaceAll("·", " ");
  expect(await textOf(cell)).toBe(text);
  expect(text).toHaveLength(cell.length);
});

test.each(["%%html\n<b>", "%%bash\nls", "%%tiem\nx", "%%time f(1)\nx", "%%timeit"])(
  "no TypeScript in %j",
  async (cell) => {
    expect(await textOf(cell)).toBeUndefined();
  },
);

test("tells where braces are an object", async () => {
  const objectOf = async (cell: string) => {
    const found = await checkable(cell, () => false);
    expect(found?.text).toHaveLength(cell.length);
    return found?.object && cell.slice(found.object.start, found.object.end);
  };
  expect(await objectOf("const a = 1;\n{ a, b: 2 } // both")).toBe("{ a, b: 2 }");
  expect(await objectOf("{a: 1,\n b: 2}")).toBe("{a: 1,\n b: 2}");
  expect(await objectOf("%%time\n{a: 1}")).toBe("{a: 1}");
  expect(await objectOf("{ let a = 1; a }")).toBeUndefined();
  expect(await objectOf("for (;;) {\n}")).toBeUndefined();
});
