import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeMagic, type KnownMagic } from "../../../kernel/language/complete-magic.js";

const magics: KnownMagic[] = [
  { name: "time", doc: "" },
  { name: "timeit", doc: "", values: ["-n", "-r"] },
  { name: "who", doc: "", form: "line" },
  { name: "cd", doc: "", form: "line" },
  { name: "html", doc: "", form: "cell" },
  { name: "check", doc: "", form: "line", values: ["off", "warn", "strict"] },
];

/** `|` is the cursor. */
function at(marked: string) {
  const found = completeMagic(marked.replace("|", ""), marked.indexOf("|"), magics);
  const code = marked.replace("|", "");
  return found && [code.slice(found.start, found.end), ...found.matches];
}

test.each([
  ["%ti|", ["%ti", "%time", "%timeit"]],
  ["%ti|me x", ["%time", "%time", "%timeit"]],
  ["x\n  %wh|", ["%wh", "%who"]],
  ["%|", ["%", "%time", "%%time", "%timeit", "%%timeit", "%who", "%cd", "%%html", "%check"]],
  ["x;\n%|", ["%", "%time", "%timeit", "%who", "%cd", "%check"]],
  ["%%|", ["%%", "%%time", "%%timeit", "%%html"]],
  ["\n%%ti|\nx", ["%%ti", "%%time", "%%timeit"]],
  ["%ht|", ["%ht", "%%html"]],
  ["x\n%%|", ["%%"]],
  ["%check |", ["", "off", "warn", "strict"]],
  ["%check w|", ["w", "warn"]],
  ["%check w|arn", ["warn", "warn"]],
  ["'😀';\n%check s|", ["s", "strict"]],
  ["%who m|", ["m"]],
  ["%%html\n<b>tex|", [""]],
])("%j", (marked, expected) => {
  expect(at(marked)).toEqual(expected);
});

test("folders of %cd", () => {
  const folder = mkdtempSync(join(tmpdir(), "retro-folders-"));
  for (const name of ["my data", "models", ".hidden"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "my file"), "");
  const [all, spaced, hidden] = ["", "my d", ".h"].map((prefix) => at(`%cd ${folder}/${prefix}|`));
  expect(all?.slice(1).sort()).toEqual([`${folder}/models/`, `${folder}/my data/`]);
  expect(spaced).toEqual([`${folder}/my d`, `${folder}/my data/`]);
  expect(hidden).toEqual([`${folder}/.h`, `${folder}/.hidden/`]);
  expect(at(`%cd ${folder}/none/|`)).toEqual([`${folder}/none/`]);
  rmSync(folder, { recursive: true });
});

test.each([
  "a %ti|",
  "%time mod|",
  "%timeit -n 3 mod|",
  "%%time\nmod|",
  "f(a\n%ti|",
  "`\n%ti|",
  "a\n%other|",
  "%unknown a|",
  "mod|\n%time x",
])("code in %j", (marked) => {
  expect(at(marked)).toBeUndefined();
});

test("says where they are, and what", () => {
  expect(completeMagic("x\n%wh", 5, magics)).toEqual({
    matches: ["%who"],
    start: 2,
    end: 5,
    types: [{ text: "%who", type: "magic", start: 2, end: 5 }],
  });
});
