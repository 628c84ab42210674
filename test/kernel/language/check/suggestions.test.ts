// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells that hold templates
import { afterAll, beforeAll, expect, test } from "vitest";
import { built, checkerIn } from "../../../support/built-checker.js";

const checker = checkerIn({ "local.ts": "export const shared = 1;", "data.json": "{}" });
afterAll(() => checker.stop());

beforeAll(async () => {
  await checker.warmUp();
  checker.offer([
    { name: "vl", types: "retro-kernel/charts", doc: "Charts." },
    { name: "retro.models.analytics", types: "retro-kernel/analytics", doc: "Metrics." },
  ]);
  for (const text of [
    "interface User { name: string; age?: number; greet(to: string): void }",
    "let user: User = { name: 'x', greet() {} };",
    "const rows = JSON.parse('[]');",
    "class Model { fit(epochs: number) { return this } }",
    "const 数 = { 'clé': 1 }; const table = [{ 'user id': 1, cost: 2 }];",
    "function f(kind: 'first' | 'second') {}",
  ]) {
    checker.commit({ text, declared: [] });
  }
  checker.refine({ rows: "{ campaign: string; clicks: number }[]" });
});

/** `|` is the cursor. */
async function at(marked: string) {
  const text = marked.replace("|", "");
  const found = await built.suggestions(checker, text, marked.indexOf("|"));
  return found && { ...found, replaced: text.slice(found.start, found.end) };
}

test.each([
  ["user.|", "greet", ""],
  ["user.n|", "name", "n"],
  ["user.na|me.length", "name", "name"],
  ["use|", "user", "use"],
  ["`${user.|}`", "name", ""],
  ["'😀👩‍👩‍👧'; user.ag|", "age", "ag"],
  ["数.|", "clé", ""],
  ["rows[0].|", "campaign", ""],
  ["rows.map((r) => r.cl|)", "clicks", "cl"],
  ["table[0]['|']", "user id", ""],
  ["table[0]['us|er id']", "user id", "user id"],
  ["new Model().f|", "fit", "f"],
  ["const u: User = { | }", "name", ""],
  ["f('|')", "second", ""],
  ["vl.li|", "line", "li"],
  ["vl.line(rows, { x: '|' })", "campaign", ""],
  ["retro.models.|", "analytics", ""],
  ["retro.models.analytics.fun|", "funnel", "fun"],
  ["display.ht|", "html", "ht"],
  ["import { readFileS| } from 'node:fs'", "readFileSync", "readFileS"],
  ["import x from 'node:f|'", "node:fs", "node:f"],
  ["import x from 'apache-|'", "apache-arrow", "apache-"],
  ["import { shared } from './|'", "local.ts", ""],
  ["rows[rows.length - 1].cam|", "campaign", "cam"],
  ["(await fetch('x')).sta|", "status", "sta"],
  ["user?.|", "name", ""],
  ["let number1 = 1; num|", "number1", "num"],
  ["Math.MA|", "max", "MA"],
])("%s", async (marked, wanted, replaced) => {
  const found = await at(marked);
  expect(found?.found.map(({ text }) => text)).toContain(wanted);
  expect(found?.replaced).toBe(replaced);
});

test("what each is, and how it is declared", async () => {
  const members = (await at("user.|"))?.found;
  expect(members).toEqual([
    { text: "age", type: "property", signature: "User.age?: number | undefined" },
    { text: "greet", type: "function", signature: "User.greet(to: string): void" },
    { text: "name", type: "property", signature: "User.name: string" },
  ]);
});

test("a member that is no name is offered in brackets alone", async () => {
  expect((await at("table[0].|"))?.found.map(({ text }) => text)).toEqual(["cost"]);
});

test("nothing of the kernel's own is offered, and nothing that would have to be imported", async () => {
  const names = (await at("|"))?.found.map(({ text }) => text);
  expect(names).toContain("fetch");
  expect(names).not.toContain("$");
  expect((await at("timeSer|"))?.found).toEqual([]);
});

test.each(["// user.|", "'user.|'", "/* vl.| */", "3.|"])("nothing in %s", async (marked) => {
  const found = await at(marked);
  expect(found?.found ?? []).toEqual([]);
});
