import { realpathSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RawKernel } from "../../support/raw-kernel.js";

// The built-in magics, and an extension's, in a real kernel.
const MINE = `
export default retro.defineExtension({
  name: "mine",
  names: { mine: { load: async () => ({ default: "loaded" }) } },
  magics: {
    shout: {
      doc: "Says it louder.",
      usage: "[softly | loudly]",
      values: ["softly", "loudly"],
      form: "line",
      run: (argument) => argument.toUpperCase(),
    },
    lines: { doc: "Counts lines.", form: "cell", run: (_, body = "") => body.split("\\n").length },
  },
});`;

let kernel: RawKernel;
beforeEach(async () => {
  kernel = await RawKernel.start({
    files: {
      "package.json": JSON.stringify({ retro: { extensions: ["./mine.ts"] } }),
      "mine.ts": MINE,
      "sub/x.ts": "",
    },
  });
});
afterEach(() => kernel.stop());

const run = async (code: string) => (await kernel.execute(code)).text;
const complete = async (code: string) =>
  (await kernel.request("shell", "complete_request", { code, cursor_pos: code.length })).reply
    .content.matches;

const TIMES = /CPU times: user .+, sys: .+, total: .+\nWall time: .+\n/;

test("timed code stays code of the cell", async () => {
  expect(await run("%time const a: number = await Promise.resolve(3)\na + 1")).toMatch(
    new RegExp(`^${TIMES.source}4$`),
  );
  expect(await run("%time a + 2")).toMatch(new RegExp(`^${TIMES.source}5$`));
  expect(await run("%time a; console.log('in')\nconsole.log('out')")).toMatch(
    new RegExp(`^in\n${TIMES.source}out\n$`),
  );
  expect(await run("%%time\nconst b = a * 2\n{ b }")).toMatch(
    new RegExp(`^${TIMES.source}{ b: 6 }$`),
  );
  expect(await run("[a, b]")).toBe("[ 3, 6 ]");
  const failed = await kernel.execute("const c = 1\n%time boom(c)");
  expect(failed.text).toMatch(new RegExp(`^${TIMES.source}ReferenceError: boom is not defined$`));
  expect(failed.reply.content.traceback.join("\n")).toContain("Cell [6]:2:7");
  expect(await run("%%time\nawait Promise.reject(new Error('x'))")).toMatch(
    new RegExp(`^${TIMES.source}Error: x$`),
  );
});

test("an interrupt ends %timeit wherever it is, and the state stays", async () => {
  await run("let loops = 0; const nap = () => new Promise((resolve) => setTimeout(resolve, 1));");
  for (const code of [
    "%timeit -r 1 { loops++; console.log('on'); while (true); }",
    "%timeit loops++ || console.log('on')",
    "%timeit await nap(), loops++ || console.log('on')",
    "%timeit await null, loops++ || console.log('on')",
  ]) {
    await run("loops = 0;");
    const id = kernel.post(code);
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    expect(Number(await run("loops"))).toBeGreaterThan(0);
  }
  expect(await run("%timeit -n 3 -r 2 loops++")).toContain("of 2 runs, 3 loops each");
});

test("%who lists what cells declared, %reset forgets it", async () => {
  expect(await run("%who")).toBe("no cell has declared a name yet\n");
  await run("const a = [1, 2]; function f() {}; import { sep } from 'node:path'; mine");
  await run("const long = Array.from({ length: 20 }, () => ({ clicks: 1 }));");
  expect((await run("%who")).split("\n").slice(2, -1)).toEqual([
    "a     number[2]   [ 1, 2 ]",
    "f     function    [Function: f]",
    "sep   string      '/'",
    "long  object[20]  [ { clicks: 1 }, { clicks: 1 }, { clicks: 1 }, { clicks: 1 …",
  ]);
  await run("var display = 5, mine = 6, crypto = 7; retro = null; 'kept'");
  expect(await run("_")).toBe("'kept'");
  expect(await complete("se")).toContain("sep");
  expect(await run("%reset\nconst b = 8; console.log(b)")).toBe(
    "all names and results of cells are forgotten\n8\n",
  );
  expect(await complete("se")).not.toContain("sep");
  expect(await run("[typeof a, typeof f, typeof sep, typeof _, b]")).toBe(
    "[ 'undefined', 'undefined', 'undefined', 'undefined', 8 ]",
  );
  expect(await run("display(typeof crypto); mine + typeof retro.extensions")).toBe(
    "'object''loadedfunction'",
  );
  expect(await run("let a = 9; a")).toBe("9");
});

test("the types of a cell with magics are checked, each place as it was typed", async () => {
  await kernel.stop();
  kernel = await RawKernel.start({ env: { RETRO_CHECK: "strict" } });
  const placeOf = async (code: string) => {
    const { content } = (await kernel.execute(code)).reply;
    return content.traceback?.join("\n").match(/Cell \[\d+\]:(\d+:\d+)/)?.[1];
  };
  expect(await placeOf("%time const a: string = 1")).toBe("1:13");
  expect(await placeOf("%who\n%timeit -n 1 -r 1 ''.lenght // one")).toBe("2:22");
  expect(await placeOf("%%time\nconst a: number =\n  ''")).toBe("2:7");
  expect(await placeOf("const a = 1 // one\n{ b: a.none }")).toBe("2:8");
  expect(await placeOf("{ a: 1, b: 2 }")).toBeUndefined();
  expect(await placeOf("%timeit -n 1 -r 1 const inner = 1; inner")).toBeUndefined();
  expect(await placeOf("inner")).toBe("1:1");
  expect(await placeOf("const kept = 1")).toBeUndefined();
  expect(await placeOf("!kept")).toBeUndefined();
  expect(await placeOf("!pwd -P")).toBeUndefined();
  expect(await complete("const inner = 1\n%timeit -n 1 kept.toFi")).toEqual(["toFixed"]);
  expect(await complete("%timeit -n 1 inner\n%time kept.toFi")).toEqual(["toFixed"]);
  expect(await placeOf("%reset\nconst fresh = 1")).toBeUndefined();
  expect(await placeOf("fresh")).toBeUndefined();
  expect(await placeOf("kept")).toBe("1:1");
});

test("%cd and %env are the process's", async () => {
  const folder = realpathSync(kernel.folder);
  expect(await run("%cd")).toBe(`${folder}\n`);
  expect(await complete("%cd s")).toEqual(["sub/"]);
  expect(await run("%cd sub\nprocess.cwd()")).toBe(`${folder}/sub\n'${folder}/sub'`);
  expect(await complete("%cd s")).toEqual([]);
  expect(await run("await import('./sub/x.js'); 'imports stay'")).toBe("'imports stay'");
  expect(await run("%env RETRO_X=1 2\nprocess.env.RETRO_X")).toBe("RETRO_X=1 2\n'1 2'");
});

test("cells of HTML and Markdown", async () => {
  const shown = async (code: string) =>
    (await kernel.execute(code)).iopub.find(({ type }) => type === "display_data")?.content.data;
  expect(await shown("%%html\n<b>\n  %who</b>")).toMatchObject({
    "text/html": "<b>\n  %who</b>",
  });
  expect(await shown("%%markdown\n# Title")).toMatchObject({ "text/markdown": "# Title" });
});

test("an extension's magics have help, completion and forms like the kernel's", async () => {
  expect(await run("%shout it's (")).toBe('"IT\'S ("');
  expect(await run("%%lines\na\nb")).toBe("2");
  // `!pwd -P` could be TypeScript, were anything named so.
  expect(await run("const a = 1;\n!pwd -P\n!a")).toBe(`${realpathSync(kernel.folder)}\nfalse`);
  expect(await run("%help shout")).toBe(
    "%shout [softly | loudly]  Says it louder.\ntakes softly, loudly",
  );
  expect(await run("%help")).toMatch(/^%%lines +Counts lines\.$/m);
  expect(await complete("%sh")).toEqual(["%shell", "%shout"]);
  expect(await complete("%shout s")).toEqual(["softly"]);
  expect(await run("%%shout\nx")).toBe(
    "InputError: %%shout takes no cell: write %shout in a line of its own",
  );
  expect(await run("%lines")).toBe(
    "InputError: %lines takes a cell: write %%lines in its first line, and the text under it",
  );
  const unknown = await kernel.execute("%%tiem\nx");
  expect(unknown.text).toMatch(
    /^InputError: there is no magic %%tiem \(did you mean "time"\?\); known: help, .*shout, lines$/,
  );
  expect(unknown.reply.content.traceback.join("\n")).toContain("Cell [8]:1:1");
});
