import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeFile } from "../../../kernel/language/complete-file.js";

const folder = mkdtempSync(join(tmpdir(), "retro-files-"));
mkdirSync(join(folder, "data"));
for (const name of ["clicks.csv", "cl 2.csv", ".hidden", "data/a.json"]) {
  writeFileSync(join(folder, name), "");
}

/** `|` is the cursor, `@` the folder. */
function at(marked: string) {
  const text = marked.replace("@", folder);
  const code = text.replace("|", "");
  const found = completeFile(code, text.indexOf("|"));
  const short = found?.matches.map((match) => match.replace(folder, "@"));
  return found && { short, replaced: code.slice(found.start, found.end).replace(folder, "@") };
}

test.each([
  ['read("@/cl|")', ["@/cl 2.csv", "@/clicks.csv"], "@/cl"],
  ["read('@/|", ["@/cl 2.csv", "@/clicks.csv", "@/data/"], "@/"],
  ['read("@/da|ta/x")', ["@/data/"], "@/data/x"],
  ['const path = "@/data/|"', ["@/data/a.json"], "@/data/"],
  ['read("@/.h|")', ["@/.hidden"], "@/.h"],
  ['read("@/nowhere/|")', [], "@/nowhere/"],
])("%s", (marked, matches, replaced) => {
  expect(at(marked)).toEqual({ short: matches, replaced });
});

test.each(['const name = "|"', "read(x|)", "// 'x|", 'read("a")|'])("nothing in %s", (marked) => {
  expect(at(marked)).toBeUndefined();
});
