import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { inspect } from "../../../kernel/language/inspect.js";
import { describe } from "../../../kernel/runtime/snapshot.js";

class Model {
  constructor(
    readonly size: number,
    readonly name = "m",
  ) {}
  fit(rows: number[], epochs = 10) {
    return rows.length * epochs;
  }
}
function add(a: number, b: number) {
  return a + b;
}
const snapshot = new Map(
  Object.entries({ model: new Model(2), Model, add, one: (x: number) => x, list: [1, 2, 3] }).map(
    ([name, value]) => [name, describe(value)],
  ),
);
const names = [{ name: "retro.models.rl", doc: "Agents that learn." }, { name: "vl" }];

/** `|` is the cursor. */
function at(marked: string, detail = 0) {
  return inspect(marked.replace("|", ""), marked.indexOf("|"), detail, snapshot, names);
}

test.each([
  ["li|st", "list\nType:      number[3]\nValue:     [ 1, 2, 3 ]"],
  ["Math.max|", "Math.max\nType:      function\nSignature: max(arg1, arg2)"],
  ["Math.m|ax(1, 2)", "Math.max\nType:      function\nSignature: max(arg1, arg2)"],
  ["Math.max(1, |", "Math.max\nType:      function\nSignature: max(arg1, arg2)"],
  ["Math.max(f(1), [2, |", "Math.max\nType:      function\nSignature: max(arg1, arg2)"],
  ["model.fit|", "model.fit\nType:      function\nSignature: fit(rows, epochs = 10)"],
  ["one|", "one\nType:      function\nSignature: one(x)"],
  ["retro.models.rl|", "retro.models.rl\nAbout:     Agents that learn."],
  ["'😀'; add|", "add\nType:      function\nSignature: add(a, b)"],
  ["new Model|", 'Model\nType:      class Model\nSignature: new Model(size, name = "m")'],
])("%s", (marked, text) => {
  const { found, data } = at(marked);
  expect(found).toBe(true);
  expect(data["text/plain"]).toBe(text);
  expect(data["text/markdown"]).toContain("### `");
});

test("detail 1 adds the source", () => {
  expect(at("add|", 0).data["text/plain"]).not.toContain("return a + b");
  expect(at("add|", 1).data["text/plain"]).toContain("return a + b");
  expect(at("add|", 1).data["text/markdown"]).toContain("```ts\nfunction add");
});

test.each(["nobody|", "list.nothing|", "|", "1 + 1|"])("not found: %s", (marked) => {
  expect(at(marked)).toEqual({ found: false, data: {} });
});

test("what values are called and hold is no markup of the page", () => {
  const odd = new ({ "<img src=x>": class {} }["<img src=x>"] as new () => object)();
  const source = () => "```\n<img src=x>";
  const known = new Map(Object.entries({ odd, source }).map(([name, v]) => [name, describe(v)]));
  const page = (name: string) => inspect(name, 1, 1, known, []).data["text/markdown"] as string;
  const options = new MarkdownIt({ html: true });
  for (const name of ["odd", "source"]) {
    expect(options.render(page(name))).not.toContain("<img");
    expect(options.render(page(name))).toContain("&lt;img");
  }
});
