import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkAll, checkerIn } from "../../../support/built-checker.js";

describe("a problem", () => {
  const checker = checkerIn();
  beforeAll(() =>
    checker.offer([
      { name: "vl", types: "retro-kernel/charts" },
      { name: "retro.models.analytics", types: "retro-kernel/analytics" },
    ]),
  );
  beforeEach(() => checker.forget());
  afterAll(() => checker.stop());

  async function last(...cells: string[]) {
    const problems = (await checkAll(checker, cells)).at(-1);
    return problems ?? [];
  }

  test("calls what extensions offer by its name", async () => {
    const messages = (await last("vl.barr;\nconst a: string = retro.models.analytics;")).map(
      ({ message }) => message,
    );
    expect(messages).toEqual([
      "Property 'barr' does not exist on type 'typeof vl'. Did you mean 'bar'?",
      "Type 'typeof analytics' is not assignable to type 'string'.",
    ]);
  });

  test("says of a misspelt name which one may be meant, however short", async () => {
    const [extension, own] = await last("const campaigns = [1];", "vll.bar;\ncampagins;");
    expect(extension).toMatchObject({ code: 2304, hint: "Did you mean 'vl'?" });
    expect(own?.message).toBe("Cannot find name 'campagins'. Did you mean 'campaigns'?");
    expect(own?.related).toEqual([]);
  });

  test("says how a module that is not there may be had", async () => {
    const text = ["lodash-nowhere/fp.js", "@no/where/x", "node:pth", "./nowhere.ts", "#inner"]
      .map((name) => `await import("${name}");`)
      .join("\n");
    expect((await last(text)).map(({ code, hint }) => [code, hint])).toEqual([
      [2307, "to install it: %install lodash-nowhere"],
      [2307, "to install it: %install @no/where"],
      [2307, "Did you mean 'node:path'?"],
      [2307, undefined],
      [2307, undefined],
    ]);
  });

  test("names the cell that a message refers to", async () => {
    const problems = await last(
      "interface Row {\n  name: string;\n}",
      "const row: Row = { name: 1 };",
    );
    const message =
      "The expected type comes from property 'name' which is declared here on type 'Row'";
    expect(problems[0]?.related).toEqual([{ message, module: 1, line: 2, column: 3 }]);
  });

  test("says what an argument is called, not where the kernel declares it", async () => {
    const [call, property] = await last("vl.bar([]);\n[1].lenght;");
    const { module, file, message } = call?.related[0] ?? {};
    expect([module, file]).toEqual([undefined, undefined]);
    expect(message).toBe("An argument for 'options' was not provided.");
    expect(property?.related).toEqual([]);
  });

  test("says why a type is not the type of the same name", async () => {
    const problems = await last(
      "class Row { a = 1 }\nconst row = new Row();",
      "class Row { b = 1 }",
      "const other: Row = row;\nconst text: string = row;",
    );
    expect(problems.map(({ hint }) => hint)).toEqual([
      "these are two types: 'Row' was declared again in a later cell",
      undefined,
    ]);
  });
});

test("a folder that asks for types everywhere is asked for them where they can be written", async () => {
  const checker = checkerIn({ "tsconfig.json": '{ "compilerOptions": { "strict": true } }' });
  try {
    const said = await checkAll(checker, [
      "let later;\nlater = 1;\nlet x = 1;\nconst list = [];",
      "later.toFixed();\nlet x = x + 1;\nlist.push(x);",
      "const add = (a, b: number) => a + b;",
    ]);
    expect(said.map((problems) => problems.map(({ code, column }) => [code, column]))).toEqual([
      [],
      [],
      [[7006, 14]],
    ]);
  } finally {
    checker.stop();
  }
});

test("a cell that is run again and again takes no more room", async () => {
  const checker = checkerIn();
  try {
    const text = `type Row = { a: number };
const rows: Row[] = [];
let x = x + 1;
declare global { var storeSize: number }`;
    const cell = { text, declared: [] };
    await checker.check(cell);
    const modules = Array.from({ length: 20 }, () => checker.commit(cell) as number);
    expect(Math.max(...modules)).toBeLessThanOrEqual(2);
  } finally {
    checker.stop();
  }
});
