import { afterAll, beforeAll, expect, test } from "vitest";
import { RawKernel } from "../support/raw-kernel.js";

/** An extension whose values tell their types. */
const FRAMES = `
import { defineExtension } from "retro-kernel";
export class Frame { constructor(columns) { this.columns = columns; } column(name) { return this.columns[name]; } }
export default defineExtension({
  name: "small-frames",
  names: { frames: { load: () => import("./frames-library.js"), types: "./frames-library.d.ts", doc: "Small frames." } },
  describeType: (value) =>
    value?.constructor?.name === "Frame"
      ? \`import("./frames-library.js").Frame<\${Object.keys(value.columns).map((name) => JSON.stringify(name)).join(" | ")}>\`
      : undefined,
});`;

let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start({
    env: { RETRO_CHECK: "strict" },
    files: {
      "package.json": '{ "type": "module", "retro": { "extensions": ["./frames.js"] } }',
      "frames.js": FRAMES,
      "frames-library.js":
        "export class Frame { constructor(columns) { this.columns = columns; } column(name) { return this.columns[name]; } }\nexport const read = () => new Frame({ clicks: [1], cost: [2] });",
      "frames-library.d.ts":
        "export declare class Frame<C extends string = any> { column(name: C): number[] }\nexport declare function read(): Frame;",
      "rows.json": '[{ "campaign": "a", "clicks": 1 }, { "campaign": "b", "cost": null }]',
    },
  });
});
afterAll(() => kernel?.stop());

async function error(code: string): Promise<string> {
  const { reply } = await kernel.execute(code);
  return String(reply.content.evalue ?? "");
}

/** `|` is the cursor. */
async function complete(marked: string) {
  const code = marked.replace("|", "");
  const cursor_pos = [...marked.slice(0, marked.indexOf("|"))].length;
  const { reply } = await kernel.request("shell", "complete_request", { code, cursor_pos });
  return reply.content as { matches: string[]; cursor_start: number; cursor_end: number };
}

test("the first cell may use what it makes the kernel load", async () => {
  expect(await error("const frame = frames.read()")).toBe("");
});

test("a misspelt key of what was read is refused before the cell runs", async () => {
  await kernel.execute(
    'import { readFileSync } from "node:fs";\nconst rows = JSON.parse(readFileSync("rows.json", "utf8"));',
  );
  expect(await error("let ran = true; rows[0].clikcs")).toMatch(
    /^TS2551: Property 'clikcs' does not exist .* Did you mean 'clicks'\?/,
  );
  expect(await error("rows[0].campaing")).toContain("Did you mean 'campaign'?");
  expect((await kernel.execute("typeof ran")).reply.content.status).toBe("error");
  expect((await complete("rows[1].c|")).matches).toEqual(["campaign", "clicks", "cost"]);
});

test("what is only doubtful because of a value warns, and the cell runs", async () => {
  const { reply, text } = await kernel.execute("rows[0].clicks.toFixed(1)");
  expect(reply.content.status).toBe("ok");
  expect(text).toContain("possibly 'undefined'");
});

test("rows that nobody looked at are no reason to warn, and misspelling their columns is an error", async () => {
  await kernel.execute(
    "const long = JSON.parse(JSON.stringify(Array.from({ length: 9000 }, (_, day) => ({ day, clicks: 1 }))));",
  );
  const { reply, text } = await kernel.execute("long.reduce((sum, row) => sum + row.clicks, 0)");
  expect([reply.content.status, text]).toEqual(["ok", "9000"]);
  expect(await error("long[0].clikcs")).toContain("Did you mean 'clicks'?");
});

test("an object that begins empty is known once it is filled", async () => {
  const { reply, text } = await kernel.execute("const options = {}; options.alpha = 1; 'ran'");
  expect(reply.content.status).toBe("ok");
  expect(text).toMatch(/warning.*TS2339.*'ran'/s);
  expect(await error("options.alpha.toFixed(1)")).toBe("");
  expect(await error("options.beta = 2")).toBe("");
  expect(await error("options.alpa")).toContain("Did you mean 'alpha'?");
});

test("what was caught, or is in a new set, warns and runs", async () => {
  const { reply, text } = await kernel.execute(
    'try { throw new Error("caught"); } catch (error) { error.message }',
  );
  expect(reply.content.status).toBe("ok");
  expect(text).toContain("TS18046");
});

test("a suggestion is made once, in a line of its own", async () => {
  const { reply } = await kernel.execute("const by: 'segment' | 1 = 'segmnt';");
  expect(reply.content.evalue.match(/did you mean/gi)).toHaveLength(1);
  expect(reply.content.traceback).toContain("Did you mean '\"segment\"'?");
});

test("what a user wrote stands: annotations, and properties that are set", async () => {
  await kernel.execute("const loose: any = JSON.parse('{\"a\": 1}'); let table = [{ a: 1 }];");
  expect(await error("loose.b; rows[0].extra = 1; delete rows[0].extra; 1")).toBe("");
  await kernel.execute("rows[0].added = 3");
  expect(await error("rows[0].added + 1")).toBe("");
});

test("an assignment gives a variable a new shape", async () => {
  await kernel.execute("let shape = JSON.parse('{\"a\": 1}')");
  expect(await error("shape = { b: 2 }; shape.b")).toBe("");
  expect(await error("shape.b")).toBe("");
  expect(await error("shape.a")).toContain("Property 'a' does not exist on type '{ b: number; }'");
});

test("a cell that waits in the queue is checked ahead, by what the cells before it left", async () => {
  const cells = [
    "const late = JSON.parse('{\"key\": 1}');",
    "await new Promise((resolve) => setTimeout(resolve, 50)); late.other = 'x';",
    "late.othr",
    "late.other",
  ];
  const ids = cells.map((code) => kernel.post(code, { stop_on_error: false }));
  const done = await Promise.all(ids.map((id) => kernel.exchange("shell", id)));
  const [, , misspelt, right] = done.map(({ reply }) => reply.content);
  expect(String(misspelt?.evalue)).toContain("Did you mean 'other'?");
  expect(right?.status).toBe("ok");
});

test("an extension tells the types of its values, and completion the names it offers", async () => {
  expect((await complete("fra|")).matches).toContain("frames");
  expect(await error("frames.readd()")).toContain("Did you mean 'read'?");
  expect(await error('frame.column("clikcs")')).toMatch(/"clikcs".*Did you mean 'clicks'\?/);
  expect(await error('frame.column("cost")')).toBe("");
  expect((await complete('frame.column("|")')).matches).toEqual(["clicks", "cost"]);
});

test("a cell that is too long to be checked says so, and its names are known", async () => {
  const { text } = await kernel.execute(`const long = "${"x".repeat(1_000_001)}";`);
  expect(text).toContain("types were not checked: the cell is longer than a million characters");
  expect(await error("long.length")).toBe("");
});

test("places are counted in code points", async () => {
  await kernel.execute("const user = { name: 'x' };");
  expect(await complete("'😀👍'; user.na|me")).toMatchObject({
    matches: ["name"],
    cursor_start: 11,
    cursor_end: 15,
  });
});

test("completion and inspection answer while a cell computes", async () => {
  await kernel.execute("/** Doubles. */ function twice(x: number) { return 2 * x; }");
  const busy = kernel.post("for (;;);");
  const { reply } = await kernel.request("shell", "inspect_request", {
    code: "twice",
    cursor_pos: 5,
    detail_level: 0,
  });
  expect(reply.content.data).toMatchObject({
    "text/markdown": expect.stringContaining("function twice(x: number): number"),
  });
  expect((await complete("twi|")).matches).toEqual(["twice"]);
  await kernel.interrupt();
  await kernel.exchange("shell", busy);
});

test("a name that cells use is found though no cell of now has it: the nearest is named", async () => {
  expect(await error("twise(1)")).toContain("Did you mean 'twice'?");
});
