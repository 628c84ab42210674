import { expect, test } from "vitest";
import { completeMagic, type KnownMagic } from "../../../kernel/language/complete-magic.js";

const magics: KnownMagic[] = [
  { name: "time", doc: "" },
  { name: "timeit", doc: "", values: ["-n", "-r"] },
  { name: "who", doc: "", form: "line" },
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
  ["%|", ["%", "%time", "%%time", "%timeit", "%%timeit", "%who", "%%html", "%check"]],
  ["x;\n%|", ["%", "%time", "%timeit", "%who", "%check"]],
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
