import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hasOwnTypes } from "../../../../kernel/runtime/magics/package-types.js";
import { writeFiles } from "./npm-registry.js";

const folder = mkdtempSync(join(tmpdir(), "retro-types-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFiles(folder, { "lib/a.d.ts": "", "lib/b.d.mts": "", "lib/c.js": "" });

test.each([
  [true, { types: "lib/a.d.ts" }],
  [true, { typings: "lib/a.d.ts" }],
  [true, { main: "lib/a.js" }],
  [true, { main: "./lib/a" }],
  [true, { exports: "./lib/b.mjs" }],
  [true, { exports: { ".": { import: { types: "./lib/b.d.mts", default: "./lib/c.js" } } } }],
  [true, { exports: { ".": [null, "./lib/a.js"] } }],
  [false, {}],
  [false, { main: "lib/c.js", exports: { ".": "./lib/c.js", "./*": null } }],
  [false, { main: 3, exports: { ".": "./lib/b.js" } }],
])("own types: %s for %j", (own, manifest) => {
  expect(hasOwnTypes(folder, manifest)).toBe(own);
});

test("own types: an index.d.ts beside package.json", () => {
  writeFiles(folder, { "root/index.d.ts": "" });
  expect(hasOwnTypes(join(folder, "root"), {})).toBe(true);
});
