import fc from "fast-check";
import { expect, test } from "vitest";
import { funnel } from "../../../extensions/analytics/funnel.js";
import { render } from "../../../kernel/display/index.js";
import type { Rendered } from "../../../kernel/display/mimebundle.js";
import { barHtml } from "../../../kernel/display/progress-bar.js";
import { renderSvg } from "../../../kernel/server/render.js";
import { foreignMarkup, HOSTILE } from "../../support/markup.js";

// Whatever data says, it stays text in the HTML and the pictures made of it.
const SEED = 7;
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 20 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(""));

const TAGS = "div|style|table|thead|tbody|tr|th|td|i|small|p|span|a";
const ATTRIBUTES = "class|style|scope|colspan|role|rel|href|aria-value(?:min|max|now)";

class Named {
  constructor(readonly value: string) {}
}

const values: Record<string, (text: string) => unknown> = {
  records: (text) => [{ [text]: text, b: 1 }, { b: text }],
  "records of odd cells": (text) => [
    { a: new Error(text), b: [text], c: { [text]: text }, d: Symbol(text), e: new Named(text) },
  ],
  "records with a getter that throws": (text) => [
    {
      get a() {
        throw new Error(text);
      },
    },
  ],
  "keyed records": (text) => ({ [`${text}1`]: { [text]: text }, [`${text}2`]: { [text]: 1 } }),
  columns: (text) => ({ [text]: [text, text], b: [1, 2] }),
  maps: (text) => new Map([[text, { [text]: text }]]),
  url: (text) => new URL(`https://a.b/${text}?${text}#${text}`),
  error: (text) => Object.assign(new Error(text), { name: text, code: text }),
  arrow: (text) => ({
    numRows: 1,
    schema: { fields: [{ name: text, type: text }] },
    getChildAt: () => ({ get: () => text }),
  }),
  danfo: (text) => ({
    shape: [1, 1],
    columns: [text],
    dtypes: [text],
    values: [[text]],
    index: [text],
  }),
  "a class named so": (text) => new (({ [text]: class {} })[text] as new () => object)(),
  funnel: (text) =>
    funnel([{ [text]: text, impressions: 9, clicks: 3, conversions: 1 }], { by: text }),
};

test.each(Object.keys(values))("%s", async (name) => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const { data }: Rendered = await render(values[name]?.(text));
      const html = String(data["text/html"] ?? "");
      expect(foreignMarkup(html, TAGS, ATTRIBUTES)).toEqual([]);
      // Nothing else that a front end takes for markup.
      const kinds = Object.keys(data).filter((mime) => !/^text\/(plain|html)$/.test(mime));
      expect(kinds).toEqual([]);
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test("labels of progress bars", () => {
  fc.assert(
    fc.property(hostile, (label) => {
      const phase = { kind: "running", rate: 3 } as const;
      const html = barHtml({ done: 1, total: 3, label, phase });
      expect(foreignMarkup(html, TAGS, ATTRIBUTES)).toEqual([]);
    }),
    { seed: SEED },
  );
});

test("pictures of charts: titles, descriptions, names of fields, values, links", async () => {
  const tags = "svg|g|path|text|rect|defs|clipPath|a|line|circle|title|tspan";
  const attributes =
    "(?!on)[a-z-]+[12]?|xmlns:xlink|viewBox|clipPath|gradientUnits|xlink:href|preserveAspectRatio|fill-opacity";
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      // Vega-Lite reads brackets, dots and quotes as a path, and takes no field of this name.
      const field = text.replace(/[[\]."'\\]|__proto__/g, "") || "a";
      const spec = {
        title: text,
        description: text,
        data: { values: [{ [field]: text, b: 1, link: text }] },
        mark: { type: "bar", tooltip: true },
        encoding: {
          x: { field, type: "nominal" },
          y: { field: "b", type: "quantitative", title: text },
          color: { field, type: "nominal" },
          href: { field: "link" },
        },
      };
      const svg = await renderSvg(spec, "vega-lite");
      expect(foreignMarkup(svg, tags, attributes)).toEqual([]);
    }),
    { seed: SEED, numRuns: 60 },
  );
});
