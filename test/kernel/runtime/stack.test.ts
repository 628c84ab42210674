import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import MagicString from "magic-string";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeError, installCellSource } from "../../../kernel/display/error.js";
import { CellSources } from "../../../kernel/runtime/cells.js";
import { installStackTraces } from "../../../kernel/runtime/stack.js";

const session = new Session();
session.connect();

let cells: CellSources;
let undo: () => void;
const caught: Error[] = [];
beforeEach(() => {
  cells = new CellSources();
  // The test runner takes the place of the kernel here.
  undo = installStackTraces(cells, new URL("../../..", import.meta.url).href);
  caught.length = 0;
  Object.assign(globalThis, { keep: (error: Error) => caught.push(error) });
});
afterEach(() => {
  undo();
  installCellSource(() => undefined);
});

/** Runs a cell as the kernel does; what it hands to `keep` is looked at. */
async function run(count: number, source: string, code = source, map?: string): Promise<void> {
  cells.add(count, source, map);
  const expression = `${code}\n//# sourceURL=retro:cell/${count}`;
  await new Promise((resolve) => {
    const how = { expression, replMode: true, awaitPromise: true };
    session.post("Runtime.evaluate", how, resolve);
  });
}

const frames = () =>
  caught[0]?.stack
    ?.split("\n")
    .slice(1)
    .map((line) => line.trim());

test("cells are named, the kernel's own frames are not there", async () => {
  await run(
    1,
    "function f() {\n  return new Error('x');\n}\nclass A { constructor() { this.e = f(); } }",
  );
  await run(2, "\n keep(new A().e)");
  expect(caught[0]?.stack).toBe(
    "Error: x\n    at f (Cell [1]:2:10)\n    at new A (Cell [1]:4:36)\n    at Cell [2]:2:7",
  );
});

test("after an await and in a timer", async () => {
  await run(
    3,
    "async function g() { await 1; throw new Error('x'); }\ntry { await g(); } catch (e) { keep(e); }",
  );
  const own = frames()?.filter((frame) => !frame.includes("node:internal"));
  expect(own).toEqual(["at g (Cell [3]:1:37)", "at async Cell [3]:2:7"]);
  caught.length = 0;
  await run(
    4,
    "await new Promise((done) => setTimeout(() => { keep(new Error('x')); done(); }, 1))",
  );
  expect(frames()?.[0]).toBe("at Timeout._onTimeout (Cell [4]:1:53)");
});

test("places are those of the source as it was typed", async () => {
  const source = "const a: number = 1;\nkeep(new Error(String(a)));";
  const edited = new MagicString(source).overwrite(0, 15, "var a").prepend(";\n;\n");
  await run(5, source, edited.toString(), edited.generateMap({ hires: true }).toString());
  expect(frames()).toEqual(["at Cell [5]:2:6"]);
});

test("helpers that the compiler wrote are not there", async () => {
  const source = "\nkeep(help());";
  const edited = new MagicString(source).prepend("const help = () => new Error('x');\n");
  await run(5, source, edited.toString(), edited.generateMap({ hires: true }).toString());
  expect(frames()).toEqual(["at Cell [5]:2:6"]);
});

test("eval in a cell leaves the cell's frames", async () => {
  await run(6, "function h() { keep(new Error('x')) }\neval('h()')");
  expect(frames()).toEqual(["at h (Cell [6]:1:21)", "at Cell [6]:2:1"]);
});

test("an error shows the code of its cell", async () => {
  installCellSource((count) => cells.source(count));
  await run(7, "const before = 1;\nkeep(new Error('x'));");
  expect(describeError(caught[0]).traceback.join("\n")).toContain("keep(new Error('x'));");
});

test("a library may take the stack's sites and give the hook back", async () => {
  const code = `
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (_, sites) => sites;
    const sites = new Error().stack;
    Error.prepareStackTrace = before;
    keep(Object.assign(new Error('x'), { line: sites[0].getLineNumber() }));`;
  await run(8, code);
  expect(caught[0]).toMatchObject({ line: 4 });
  expect(frames()).toEqual(["at Cell [8]:6:24"]);
});

test("what is no error may capture a stack; an error that throws may be asked for one", async () => {
  await run(9, "const o = {}; Error.captureStackTrace(o); keep(o)");
  expect(frames()).toEqual(["at Cell [9]:1:21"]);
  caught.length = 0;
  await run(10, "keep(Object.defineProperty(new Error(), 'name', { get() { throw 1 } }))");
  expect(caught[0]?.stack).toBe("Error that cannot be shown\n    at Cell [10]:1:28");
});

test("a module with an inline source map is named by its source", async () => {
  const folder = await mkdtemp(join(tmpdir(), "retro-stack-"));
  const file = join(folder, "made.cjs");
  const source = "\n\nexports.make = () => new Error('x');\n";
  const edited = new MagicString(source).remove(0, 2);
  const map = edited.generateMap({ source: "made.ts", hires: true }).toUrl();
  await writeFile(file, `${edited}//# sourceMappingURL=${map}\n`);
  process.setSourceMapsEnabled(true);
  const { make } = createRequire(import.meta.url)(file) as { make: () => Error };
  // What was loaded keeps its map.
  process.setSourceMapsEnabled(false);
  Object.assign(globalThis, { make });
  await run(11, "keep(make())");
  await rm(folder, { recursive: true });
  expect(frames()).toEqual([
    `at exports.make (${join(folder, "made.ts")}:3:22)`,
    "at Cell [11]:1:6",
  ]);
});

test("a broken source map leaves the place where the code ran", async () => {
  await run(12, "keep(new Error('x'))", undefined, "{");
  expect(frames()).toEqual(["at retro:cell/12:1:6"]);
});

test("undone, stacks are Node's again", () => {
  undo();
  expect(new Error("x").stack).toContain("stack.test.ts");
});
