import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawKernel } from "../support/raw-kernel.js";
import { hasNeighbour, NEEDS, neighbour } from "./neighbour.js";

const names = ["nodejs-polars", "@observablehq/plot", "linkedom", "jsdom"];

describe.skipIf(!names.every(hasNeighbour))(`libraries that show themselves ${NEEDS}`, () => {
  let kernel: RawKernel;
  beforeAll(async () => {
    const packages = Object.fromEntries(names.map((name) => [name, neighbour(name)]));
    kernel = await RawKernel.start({ packages });
  });
  afterAll(() => kernel?.stop());

  async function result(code: string): Promise<Record<string, string>> {
    const { iopub } = await kernel.execute(code);
    const found = iopub.find(({ type }) => type === "execute_result" || type === "error");
    return found?.content.data ?? found?.content;
  }

  test("nodejs-polars: a data frame as HTML and as text", async () => {
    const data = await result(`
      import pl from "nodejs-polars";
      const frame = pl.DataFrame({ day: [1, 2], name: ["<b>", null] });
      frame`);
    expect(data["text/html"]).toMatch(/^<table>.*<td>&lt;b&gt;<\/td>.*<\/table>$/s);
    expect(data["text/plain"]).toContain("shape: (2, 2)\n┌");
    expect(data["text/plain"]).toContain("│ f64 ┆ str  │");
    expect(data["application/vnd.dataresource+json"]).toMatchObject({
      data: [
        { day: 1, name: "<b>" },
        { day: 2, name: null },
      ],
    });
    const text = { "text/plain": "shape: (2,)\nSeries: 'day' [f64]\n[\n\t1.0\n\t2.0\n]" };
    expect(await result(`frame.getColumn("day")`)).toEqual(text);
    expect(await result(`pl.col("day")`)).toEqual({ "text/plain": 'col("day")' });
  });

  test.each([
    [
      "linkedom",
      `import { parseHTML } from "linkedom"; var { document } = parseHTML("<html></html>");`,
    ],
    ["jsdom", `import { JSDOM } from "jsdom"; var { document } = new JSDOM("").window;`],
  ])("Observable Plot, drawn in %s", async (_, dom) => {
    const mark = `marks: [Plot.dot([{ a: 1, b: 2, name: "1\\u00a0<%>" }], { x: "a", y: "b", fill: "name" })]`;
    const picture = await result(`
      ${dom}
      import * as Plot from "@observablehq/plot";
      Plot.plot({ document, ${mark} })`);
    expect(Object.keys(picture)).toEqual(["image/svg+xml", "text/plain"]);
    const svg = picture["image/svg+xml"] as string;
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    // As a file of its own the picture is XML, to which `&nbsp;` means nothing.
    expect(svg).toContain("<circle ");
    expect(svg).not.toContain("&nbsp;");
    const figure = await result(`Plot.plot({ document, color: { legend: true }, ${mark} })`);
    expect(Object.keys(figure)).toEqual(["text/html", "text/plain"]);
    expect(figure["text/html"]).toMatch(/^<figure .*&lt;%&gt;.*<circle .*<\/figure>$/s);
  });
});
