// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells that hold templates
import { expect, test } from "vitest";
import { complete } from "../../../kernel/language/complete.js";
import { describe } from "../../../kernel/runtime/snapshot.js";

class Model {
  layers = [1, 2];
  fit(rows: number[], epochs = 10) {
    return rows.length * epochs;
  }
}
const snapshot = new Map(
  Object.entries({
    model: new Model(),
    Model,
    frame: { clicks: { sum: 1 }, "odd key": 2, "it's": 3 },
    largest: 5,
    läufe: 1,
    text: "abc",
    retro: { models: { analytics: {} } },
    "retro.models.analytics": { funnel: { steps: 3 } },
  }).map(([name, value]) => [name, describe(value)]),
);
const names = [
  { name: "retro.models.analytics", doc: "Time series." },
  { name: "retro.models.rl" },
  { name: "retro.data" },
  { name: "vl", doc: "Charts." },
];

/** `|` is the cursor. */
function at(marked: string) {
  const cursor = marked.indexOf("|");
  const code = marked.replace("|", "");
  const result = complete(code, cursor, snapshot, names);
  return { ...result, replaced: code.slice(result.start, result.end) };
}

test.each([
  ["Math.ma|", "max", "ma"],
  ["console.lo|", "log", "lo"],
  ["process.std|", "stdout", "std"],
  ["model.|", "layers", ""],
  ["model.f|", "fit", "f"],
  ["model.layers.ma|", "map", "ma"],
  ["model . la|", "layers", "la"],
  ["model?.la|", "layers", "la"],
  ["model!.la|", "layers", "la"],
  ["frame.clicks.s|", "sum", "s"],
  ["frame['clicks'].s|", "sum", "s"],
  ['frame["cl|', "clicks", "cl"],
  ['frame["|', "odd key", ""],
  ["frame['it|", "it\\'s", "it"],
  ['frame["od|d k"]', "odd key", "odd k"],
  ["lar|", "largest", "lar"],
  ["x = läu|", "läufe", "läu"],
  ["mod|el.fit()", "model", "model"],
  ["model.fi|t()", "fit", "fit"],
  ["const a = '😀'; Math.ma|x(1)", "max", "max"],
  ["f(`${model.|", "layers", ""],
  ["retro.|", "models", ""],
  ["retro.models.|", "analytics", ""],
  ["retro.models.analytics.fu|", "funnel", "fu"],
  ["retro.models.analytics.funnel.st|", "steps", "st"],
  ["retro.models.a|", "analytics", "a"],
  ["ret|", "retro", "ret"],
  ["whi|", "while", "whi"],
  ["JSON.str|", "stringify", "str"],
  ["text.toUp|", "toUpperCase", "toUp"],
  ["'abc'.toUp|", "toUpperCase", "toUp"],
  ["/a/.te|", "test", "te"],
  ["MODEL.|", undefined, ""],
  ["LARG|", "largest", "LARG"],
  ["Model.isP|", "isPrototypeOf", "isP"],
  ["a\n// x\nmodel.la|\nfoo()", "layers", "la"],
])("%s", (marked, match, replaced) => {
  const found = at(marked);
  expect(found.replaced).toBe(replaced);
  if (match === undefined) expect(found.matches).toEqual([]);
  else expect(found.matches).toContain(match);
  expect(found.types.map(({ text }) => text)).toEqual(found.matches);
});

test.each([
  "// Math.ma|",
  "/* Math.ma|",
  "'Math.ma|",
  "`Math.ma|",
  "`${a} Math.ma|",
  "/Math.ma|",
  "1.|",
  "f().|",
  "#ma|",
])("nothing in %s", (marked) => {
  expect(at(marked).matches).toEqual([]);
});

test("own members come first, then the class's, then what all objects have", () => {
  const { matches } = at("model.|");
  expect(matches.slice(0, 2)).toEqual(["layers", "fit"]);
  expect(matches.indexOf("hasOwnProperty")).toBeGreaterThan(1);
  expect(new Set(matches).size).toBe(matches.length);
});

test("keys that are no names are offered in brackets only", () => {
  expect(at("frame.|").matches).not.toContain("odd key");
});

test("types name the icon", () => {
  const icon = (marked: string) => at(marked).types[0]?.type;
  expect(icon("model.fi|")).toBe("function");
  expect(icon("Model|")).toBe("class");
  expect(icon("larges|")).toBe("instance");
  expect(icon("whil|")).toBe("keyword");
});
