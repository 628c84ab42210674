import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { RawKernel } from "../../support/raw-kernel.js";

// A user's own extensions, from files named in the notebook folder's package.json.
let kernel: RawKernel;
afterEach(() => kernel?.stop());

const MINE = `
import { writeFileSync } from "node:fs";
writeFileSync("loaded", "");
export default retro.defineExtension({
  name: "mine",
  names: { "retro.models.mine": { load: async () => ({ hello: (who: string) => "hi " + who }) } },
  formatters: [{ name: "money", match: (v) => (v as any)?.euros !== undefined, format: (v: any) => ({ data: { "text/plain": "€" + v.euros } }) }],
  datasets: { tiny: { title: "Tiny.", source: "generated", licence: "CC0", load: () => "rows" } },
  magics: { shout: { doc: "Says it louder.", run: (argument) => argument.toUpperCase() } },
  setup: () => { globalThis.ready = true },
});`;

async function start(extensions: unknown, files: Record<string, string> = {}): Promise<void> {
  const listed = JSON.stringify({ retro: { extensions } });
  kernel = await RawKernel.start({ files: { "package.json": listed, ...files } });
}
const run = async (code: string) => (await kernel.execute(code)).text;

test("loads at the first cell, not before, and brings what it states", async () => {
  await start(["./mine.ts"], { "mine.ts": MINE });
  await kernel.request("shell", "complete_request", { code: "retro.", cursor_pos: 6 });
  expect(existsSync(join(kernel.folder, "loaded"))).toBe(false);
  expect(await run("ready")).toBe("true");
  expect(await run("retro.models.mine.hello('you')")).toBe("'hi you'");
  expect(
    await run(
      "const { mine, analytics } = retro.models; [mine.hello('a'), typeof analytics.funnel]",
    ),
  ).toBe("[ 'hi a', 'function' ]");
  expect(await run("({ euros: 3 })")).toBe("€3");
  expect(await run("retro.datasets.load('tiny')")).toBe("'rows'");
  expect(await run("%shout hello")).toBe("'HELLO'");
  const table = await run("retro.extensions().map(({ ms, ...row }) => row)");
  expect(table.split("\n").slice(3, -1)).toEqual([
    "0  analytics  built in   retro.models.analytics  retro.models.analytics",
    '1  charts     built in   vl                      ""',
    "2  mine       ./mine.ts  retro.models.mine       retro.models.mine",
  ]);
});

test("a package may import the kernel by name, which it need not have installed", async () => {
  await start(["packed"], {});
  const folder = join(kernel.folder, "node_modules", "packed");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "packed", type: "module", exports: "./index.js" }),
  );
  writeFileSync(
    join(folder, "index.js"),
    `import { defineExtension } from "retro-kernel";
    export default defineExtension({ name: "packed", names: { "retro.packed": { load: () => import("./deep.js") } } });`,
  );
  writeFileSync(
    join(folder, "deep.js"),
    'export { InputError } from "retro-kernel"; export const twice = (n) => 2 * n;',
  );
  expect(await run("retro.packed.twice(21)")).toBe("42");
  expect(await run("retro.packed.InputError === retro.InputError")).toBe("true");
});

test("what is wrong with one is said once; the others and the cells go on", async () => {
  const named = (name: string, rest: string) => `export default { name: "${name}", ${rest} };`;
  const load = "{ load: async () => ({}) }";
  await start(
    [
      "./missing.ts",
      "./none.ts",
      "./boom.ts",
      "./owner.ts",
      "./kernel.ts",
      "./shape.ts",
      "./mine.ts",
    ],
    {
      "none.ts": "export const x = 1;",
      "boom.ts": named("boom", 'setup() { throw new Error("no licence"); }'),
      "owner.ts": named("owner", `names: { vl: ${load} }`),
      "kernel.ts": named("owner", `names: { display: ${load} }`),
      "shape.ts": named("shape", "names: { shape: { load: 3 } }"),
      "mine.ts": MINE,
    },
  );
  const text = await run("retro.models.mine.hello('you')");
  for (const part of [
    'the extension ./missing.ts is left out: no module "./missing.ts"',
    "./none.ts exports no extension",
    "the extension ./boom.ts is left out: Error: no licence\n    at Object.setup (",
    '"vl" is claimed by the extensions "charts" and "owner"',
    '"display" is claimed by the kernel and the extension "owner"',
    "shape needs a function load",
    "'hi you'",
  ]) {
    expect(text).toContain(part);
  }
  expect(await run("retro.extensions().map(({ name }) => name)")).toBe(
    "[ 'analytics', 'charts', 'mine' ]",
  );
});

describe("no cell is lost to", () => {
  test.each([
    ["{ not json", "no extensions are loaded: "],
    ['{ "retro": { "extensions": "./x.ts" } }', "retro.extensions must be a list"],
  ])("a package.json that says %s", async (text, message) => {
    kernel = await RawKernel.start({ files: { "package.json": text } });
    expect(await run("1")).toContain(message);
    expect(await run("2")).toBe("2");
  });

  test("a setup that never ends, once it is interrupted", async () => {
    await start(["./endless.ts", "./mine.ts"], {
      "endless.ts":
        'export default { name: "endless", setup: () => { console.log("waiting"); return new Promise(() => {}); } };',
      "mine.ts": MINE,
    });
    const id = kernel.post("1");
    await kernel.until((m) => m.type === "stream");
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    expect(await run("retro.models.mine.hello('you')")).toBe("'hi you'");
  });
});

test("what no cell touches is not loaded", async () => {
  kernel = await RawKernel.start();
  await run(`const { Session } = await import("node:inspector");
    const session = new Session();
    session.connect();
    var scripts = () => {
      const urls = [];
      session.on("Debugger.scriptParsed", ({ params }) => urls.push(params.url));
      session.post("Debugger.enable");
      session.post("Debugger.disable");
      return urls.map((url) => url.split(/node_modules|dist/).at(-1)).join(" ");
    };`);
  const before = await run("scripts()");
  expect(before).toContain("/extensions.js");
  expect(before).not.toMatch(/charts\.js|analytics\.js|vega|duckdb|arrow|pure-rand|image-size/);
  expect(await run("vl; scripts()")).toMatch(/charts\.js/);
  expect(await run("scripts()")).not.toMatch(/analytics\.js|vega|duckdb|arrow/);
});
