import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { RawKernel } from "../support/raw-kernel.js";

let kernel: RawKernel | undefined;
afterEach(() => kernel?.stop());

const { dependencies } = createRequire(import.meta.url)("../../package.json");
const OWN = [
  ...[...Object.keys(dependencies), "retro-kernel", "typescript", "cmake-ts"],
  ...["@esbuild/linux-x64", "@resvg/resvg-js-linux-x64-gnu", "package.json"],
];

/** Code that says it was run, whatever it is loaded as. */
const trap = (name: string) =>
  `process.getBuiltinModule("node:fs").appendFileSync(${JSON.stringify("sprung")}, ${JSON.stringify(`${name}\n`)});`;

test("a folder's code does not run when a notebook in it is opened, completed or inspected", async () => {
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      name: "retro-kernel",
      type: "module",
      main: "./index.js",
      exports: { ".": "./index.js", "./*": "./index.js" },
      imports: { "#*": "./index.js" },
      retro: { extensions: ["./mine.ts", "planted"] },
      scripts: { preinstall: "node index.js", prepare: "node index.js" },
    }),
    ".npmrc": "node-options=--require ./index.js\nscript-shell=./index.js\n",
    ".env": "NODE_OPTIONS=--require ./index.js\n",
    "node.config.json": JSON.stringify({ nodeOptions: { import: ["./index.js"] } }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { plugins: [{ name: "./index.js" }] } }),
    "index.js": trap("index.js"),
    "mine.ts": trap("mine.ts"),
    "node_modules/planted/index.js": trap("planted"),
  };
  for (const name of OWN) {
    const folder = `node_modules/${name}`;
    files[`${folder}/package.json`] = JSON.stringify({ name, main: "./index.js" });
    files[`${folder}/index.js`] = trap(name);
    files[`${folder}/bin/esbuild`] = `#!/usr/bin/env node\n${trap("the binary of esbuild")}`;
  }
  // Set by some environments, and the folder's own or a parent's in the worst case.
  kernel = await RawKernel.start({ files, env: { NODE_PATH: "node_modules" } });
  const sprung = join(kernel.folder, "sprung");

  const typed = "const a: { b: number } = ";
  for (const [type, content] of [
    ["kernel_info_request", {}],
    ["connect_request", {}],
    ["complete_request", { code: "retro.models.", cursor_pos: 13 }],
    ["complete_request", { code: 'import x from "planted"; x.', cursor_pos: 27 }],
    ["inspect_request", { code: "retro.extensions", cursor_pos: 8, detail_level: 1 }],
    ["inspect_request", { code: "planted?", cursor_pos: 3 }],
    ["is_complete_request", { code: typed }],
    ["is_complete_request", { code: 'import x from "planted"' }],
    ["history_request", { hist_access_type: "tail", n: 10 }],
    ["comm_info_request", {}],
  ] as const) {
    const { reply } = await kernel.request("shell", type, content);
    expect(reply.content.status, type).not.toBe("error");
  }
  await kernel.request("control", "usage_request", {});
  const comm = kernel.send("shell", "comm_open", {
    comm_id: "c",
    target_name: "planted",
    data: {},
  });
  await kernel.until((m) => m.type === "comm_close" && m.parent.msg_id === comm);
  expect(existsSync(sprung)).toBe(false);

  // A cell is the user's word: now the folder's extensions load, and nothing else of the folder.
  const chart = 'const typed: number = 6; vl.bar([{ a: 1 }], { x: "a" })';
  expect((await kernel.execute(chart)).reply.content.status).toBe("ok");
  expect(readFileSync(sprung, "utf8")).toBe("mine.ts\nplanted\n");
});
