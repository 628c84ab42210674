import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CodeCell, Notebook } from "../../../kernel/notebook/nbformat.js";
import { parameterValues } from "../../../kernel/notebook/parameter-values.js";
import { injectParameters, readParameters } from "../../../kernel/notebook/parameters.js";

const cell = (id: string, source: string, tags: string[] = []): CodeCell => ({
  cell_type: "code",
  execution_count: null,
  id,
  metadata: { tags },
  outputs: [],
  source,
});
const notebookOf = (...cells: CodeCell[]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

const SOURCE = `
const data: string = "", label = \`x\`;
let days: number = -30;
var deep = true, not = !deep;
const channels: Array<string> = ["search"];
let limits: Record<string, number> = {};
let seed: number | undefined;
interface Unused { a: number }
function helper() { const inner = 1; return inner; }
`;
const notebook = notebookOf(cell("p", SOURCE, ["parameters"]), cell("x", "data"));

test("names and kinds are read from the cell's declarations", async () => {
  expect(Object.fromEntries(await readParameters(notebook))).toEqual({
    data: "string",
    label: "string",
    days: "number",
    deep: "boolean",
    not: "boolean",
    channels: "array",
    limits: "object",
    seed: "any",
  });
});

test("words are typed by the default's kind", async () => {
  const words = [
    "data=1",
    "days=1e2",
    "deep=false",
    'channels=["a"]',
    'limits={"a":1}',
    "seed=7",
    "label=a=b",
  ];
  expect(parameterValues(await readParameters(notebook), words)).toEqual({
    data: "1",
    days: 100,
    deep: false,
    channels: ["a"],
    limits: { a: 1 },
    seed: 7,
    label: "a=b",
  });
});

test.each([
  [
    "dats=1",
    'there is no parameter "dats" (did you mean "data"?); the notebook\'s parameters are data, label, days',
  ],
  ["days=many", 'the parameter days takes a number, not "many"'],
  ["days=", 'the parameter days takes a number, not ""'],
  ["deep=1", 'the parameter deep takes true or false, not "1"'],
  ["channels={}", 'the parameter channels takes a JSON array, not "{}"'],
  ["limits=[]", 'the parameter limits takes a JSON object, not "[]"'],
  ["limits=null", 'the parameter limits takes a JSON object, not "null"'],
  ["days", 'a parameter is given as name=value, not "days"'],
])("%s is an error", async (word, message) => {
  const parameters = await readParameters(notebook);
  expect(() => parameterValues(parameters, [word])).toThrow(message);
});

const folder = mkdtempSync(join(tmpdir(), "retro-parameters-"));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("a file gives values, words win", async () => {
  const parameters = await readParameters(notebook);
  const yaml = written("a.yaml", "days: 7\nchannels: [a, b]\n");
  expect(parameterValues(parameters, ["days=8"], yaml)).toEqual({ days: 8, channels: ["a", "b"] });
  const json = written("a.json", '{"deep": true}');
  expect(parameterValues(parameters, [], json)).toEqual({ deep: true });
});

test("a bad file is an error with its place", async () => {
  const parameters = await readParameters(notebook);
  const values = (name: string, text: string) => () =>
    parameterValues(parameters, [], written(name, text));
  expect(values("b.yaml", "days: [1\ndeep: true\n")).toThrow(
    /b\.yaml:\d+:\d+: cannot read the parameters/,
  );
  expect(values("c.yaml", "- 1")).toThrow("parameters are an object");
  expect(values("d.yaml", "days: x")).toThrow(/takes a number, not "x" in .*d\.yaml/);
});

test("the injected cell follows the parameters and replaces an earlier one", async () => {
  const once = await injectParameters(notebook, { data: 'a"b', days: 2 });
  const twice = await injectParameters(once, { days: 3 });
  expect(once.cells.map(({ id }) => id)).toEqual(["p", "injected-parameters", "x"]);
  expect(once.cells[1]?.source).toBe(
    '// Parameters\nlet data = "a\\"b";\nlet days = 3;'.replace("3", "2"),
  );
  expect(twice.cells.map(({ source }) => source)).toEqual([
    SOURCE,
    "// Parameters\nlet days = 3;",
    "data",
  ]);
  expect((await injectParameters(twice, {})).cells).toHaveLength(2);
});

test("a notebook without parameters takes none", async () => {
  const bare = notebookOf(cell("x", "1"));
  expect(await injectParameters(bare, {})).toEqual(bare);
  await expect(injectParameters(bare, { a: 1 })).rejects.toThrow("has no cell tagged parameters");
});

test("a parameters cell that is no TypeScript is an error", async () => {
  const broken = notebookOf(cell("p", "const = 3", ["parameters"]));
  await expect(readParameters(broken)).rejects.toThrow(
    "the parameters cell (p) is not valid TypeScript",
  );
});
