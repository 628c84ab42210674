import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RawKernel } from "../../../support/raw-kernel.js";

let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start({
    files: {
      "package.json": JSON.stringify({ retro: { extensions: ["./listed.ts"] } }),
      "listed.ts": shop("listed", "listed"),
    },
  });
});
afterAll(() => kernel.stop());

function shop(name: string, greeting: string, more = ""): string {
  return `export default retro.defineExtension({
    name: "${name}",
    names: { "${name}": { load: () => import("./${name}-values.ts") } },
    magics: { "${name}-say": { doc: "Says it.", run: () => "${greeting}" } },
    datasets: { "${name}-orders": { title: "", source: "", licence: "", load: () => [] } },
    ${more}
  });`;
}

function write(name: string, text: string): void {
  const file = join(kernel.folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const run = async (code: string) => (await kernel.execute(code)).text;
const names = () => run("retro.extensions().map(({ name }) => name).slice(2)");

test("a file: what it brings is said, and there; again after an edit, in its own place", async () => {
  write("shop.ts", shop("shop", "good morning"));
  write("shop-values.ts", "export default { open: 9 };");
  expect(await run("%load ./shop.ts")).toBe(
    "shop: names shop; magics %shop-say; data sets shop-orders\n",
  );
  expect(await run("shop.open")).toBe("9");
  expect(await run("%shop-say")).toBe("'good morning'");
  write("shop.ts", shop("store", "good evening", "setup: () => { globalThis.setups = 1 },"));
  write("store-values.ts", "export default { open: 8 };");
  expect(await run("%load shop.ts")).toBe(
    "store: names store; magics %store-say; data sets store-orders\n",
  );
  expect(await run("[typeof shop, store.open, setups]")).toBe("[ 'undefined', 8, 1 ]");
  expect(await run("%store-say")).toBe("'good evening'");
  expect(await run("%shop-say")).toContain("there is no magic %shop-say");
});

test("one that package.json lists is replaced as well", async () => {
  expect(await names()).toContain("'listed'");
  write("listed.ts", shop("listed", "edited"));
  await run("%load ./listed.ts");
  expect(await run("%listed-say")).toBe("'edited'");
  expect((await names()).match(/listed/g)).toHaveLength(1);
});

test("a package, which may import the kernel by name", async () => {
  write("packed/of-the-same-name.txt", "");
  write("node_modules/packed/package.json", '{"name":"packed","type":"module","exports":"./i.js"}');
  write(
    "node_modules/packed/i.js",
    `import { defineExtension } from "retro-kernel";
    export default defineExtension({ name: "packed", setup() {} });`,
  );
  expect(await run("%load packed")).toBe("packed: loaded\n");
});

test("completion knows the names at once", async () => {
  write("known.ts", shop("known", ""));
  await run("%load known.ts");
  const { reply } = await kernel.request("shell", "complete_request", {
    code: "know",
    cursor_pos: 4,
  });
  expect(reply.content.matches).toContain("known");
});

test("what is wrong is one sentence, and what was there stays", async () => {
  write("fine.ts", shop("fine", "fine"));
  await run("%load ./fine.ts");
  expect(await run("%load")).toBe("InputError: %load needs a file or a package: %load ./shop.ts");
  expect(await run("%load ./fin.ts")).toBe(
    `InputError: no module "./fin.ts" in ${kernel.folder} (did you mean "fine.ts"?)`,
  );
  expect(await run("%load nosuch")).toContain('InputError: package "nosuch" not found in');
  write("fine.ts", "export const x = 1;");
  expect(await run("%load ./fine.ts")).toContain("InputError: ./fine.ts exports no extension");
  write("fine.ts", shop("display", ""));
  expect(await run("%load ./fine.ts")).toBe(
    'InputError: the name "display" is claimed by the kernel and the extension "display"',
  );
  write("fine.ts", 'export default { name: "fine", setup() { throw new Error("closed"); } };');
  expect(await run("%load ./fine.ts")).toBe("Error: closed");
  expect(await run("%fine-say")).toBe("'fine'");
  expect((await names()).match(/fine/g)).toHaveLength(1);
});
