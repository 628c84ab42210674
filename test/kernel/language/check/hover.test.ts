import { afterAll, beforeAll, expect, test } from "vitest";
import { built, checkerIn } from "../../../support/built-checker.js";

const checker = checkerIn();
afterAll(() => checker.stop());

beforeAll(async () => {
  await checker.warmUp();
  checker.offer([{ name: "retro.models.analytics", types: "retro-kernel/analytics" }]);
  for (const text of [
    "interface User { /** The full name. */ name: string }\nlet user: User = { name: 'x' };",
    "/**\n * Adds.\n * @param a the first\n * @example add(1, 2)\n */\nfunction add(a: number, b = 1): number {\n  return a + b;\n}",
    "const rows = JSON.parse('[]');",
  ]) {
    checker.commit({ text, declared: [] });
  }
  checker.refine({ rows: "{ campaign: string }[]" });
});

function at(marked: string, withSource = false) {
  return built.explain(checker, marked.replace("|", ""), marked.indexOf("|"), withSource);
}

test.each([
  ["add|(1)", "function add(a: number, b?: number): number"],
  ["us|er", "let user: User"],
  ["user.na|me", "(property) User.name: string"],
  ["User|", "interface User"],
  ["rows|", "const rows: {\n    campaign: string;\n}[]"],
  ["const n = 3; n|", "const n: 3"],
  ["'😀'; user.name|", "(property) User.name: string"],
  ["retro.models.analytics|", "(property) analytics: typeof retro.models.analytics"],
  ["Math.max(|", "function max(...values: number[]): number"],
  ["add(1, |", "function add(a: number, b?: number): number"],
])("%s", async (marked, signature) => {
  expect((await at(marked))?.signature).toBe(signature);
});

test("documentation is Markdown with examples", async () => {
  expect((await at("add|"))?.docs).toBe(
    "Adds.\n\n**@param** `a` — the first\n\n**@example**\n```ts\nadd(1, 2)\n```",
  );
});

test("inside a call the parameter is named", async () => {
  expect((await at("add(|"))?.parameter).toEqual({ label: "a: number", docs: "the first" });
  expect((await at("add(1, |"))?.parameter?.label).toBe("b?: number");
});

test("the source is what was typed", async () => {
  expect((await at("add|", true))?.source).toBe(
    "function add(a: number, b = 1): number {\n  return a + b;\n}",
  );
  expect(await at("add|")).not.toHaveProperty("source");
});

test.each(["nothing|", "|", "// add|"])("nothing is said of %s", async (marked) => {
  expect(await at(marked)).toBeUndefined();
});
