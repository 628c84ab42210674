import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawKernel, type Received } from "../support/raw-kernel.js";
import { hasNeighbour, NEEDS, neighbour } from "./neighbour.js";

const DENO = ".bin/deno";
const TSLAB = "tslab/bin/tslab";
const packages = {
  "retro-kernel": join(import.meta.dirname, "../.."),
  "@types/node": neighbour("@types/node"),
};
const files = { "package.json": `{ "dependencies": { "retro-kernel": "*" } }` };

const CHART = `vl.bar([{ day: "Mon", clicks: 2 }], { x: "day", y: "clicks" })`;
const EXPLAIN = `
  const monitor = new retro.models.analytics.TimeSeriesAnalyzer("ctr");
  for (let i = 0; i < 60; i++) monitor.update(0.1 + 0.01 * (i % 7));
  monitor.update(9);
  monitor.explain();`;
const EXPLAINED = /^ctr was 9 at point 60: over 1,000 robust sigmas above/;

/** The first output of a cell that fits. Both kernels may send it after idle; Deno's may lose it. */
async function output(
  kernel: RawKernel,
  code: string,
  fits: (message: Received) => boolean = ({ type }) =>
    type !== "status" && type !== "execute_input",
): Promise<Received> {
  for (let attempts = 0; attempts < 4; attempts++) {
    const id = kernel.post(code);
    const found = await kernel.within(
      5_000,
      (message) => message.channel === "iopub" && message.parent.msg_id === id && fits(message),
    );
    if (found) return found;
  }
  throw new Error(`no output of ${code}`);
}

describe.skipIf(!hasNeighbour(DENO))(`the toolkit in Deno's kernel ${NEEDS}`, () => {
  let kernel: RawKernel;
  beforeAll(async () => {
    const command = [neighbour(DENO), "jupyter", "--kernel", "--conn"];
    kernel = await RawKernel.start({ command, files, packages });
    await kernel.execute(`import { display, progress, retro, vl } from "retro-kernel";`);
  });
  afterAll(() => kernel?.stop());

  test("the models", async () => {
    const { content } = await output(kernel, EXPLAIN);
    const text = content.data["text/plain"].replace(/^\W*\[32m"/, "");
    expect(text).toMatch(EXPLAINED);
  });

  test("the data sets", async () => {
    const code = `(await retro.datasets.load("campaign", { seed: 7 })).records.length > 1_000`;
    expect((await output(kernel, code)).content.data["text/plain"]).toContain("true");
  });

  test("a chart is drawn, with edits too", async () => {
    const { type, content } = await output(kernel, `({ ...${CHART}, width: 321 })`);
    expect(type).toBe("execute_result");
    expect(content.data).toEqual({
      "application/vnd.vegalite.v5+json": expect.objectContaining({
        $schema: "https://vega.github.io/schema/vega-lite/v5.json",
        width: 321,
        data: { values: [{ day: "Mon", clicks: 2 }] },
      }),
      "text/plain": "bar chart: day (nominal) x clicks (quantitative), 1 point",
    });
  });

  test("display, its updates, and nothing for the handle", async () => {
    const shown = await output(kernel, `const handle = display(${CHART});`);
    expect(shown.type).toBe("display_data");
    expect(shown.content.data).toHaveProperty(["application/vnd.vegalite.v5+json", "mark"]);
    const update = await output(kernel, `handle.update([{ a: 1 }])`);
    expect(update.type).toBe("update_display_data");
    expect(update.content.transient).toEqual(shown.content.transient);
    expect(update.content.data["text/html"]).toContain("<table>");
    const result = await output(kernel, `display(1)`, ({ type }) => type === "execute_result");
    expect(result.content.data).toEqual({});
  });

  test("a progress bar", async () => {
    const code = `for (const _ of progress([1, 2, 3]));`;
    const last = await output(kernel, code, ({ type }) => type === "update_display_data");
    expect(last.content.data["text/plain"]).toContain("3/3");
  });
});

describe.skipIf(!hasNeighbour(TSLAB))(`the toolkit in tslab ${NEEDS}`, () => {
  let kernel: RawKernel;
  beforeAll(async () => {
    const command = [process.execPath, neighbour(TSLAB), "kernel", "--config-path"];
    kernel = await RawKernel.start({ command, packages });
    await kernel.execute(
      `import { retro, vl } from "retro-kernel"; import * as tslab from "tslab"`,
    );
  });
  afterAll(() => kernel?.stop());

  test("the models", async () => {
    expect((await output(kernel, EXPLAIN)).content.text).toMatch(EXPLAINED);
  });

  test("a chart, handed to tslab's display", async () => {
    const mime = "application/vnd.vegalite.v5+json";
    const { content } = await output(kernel, `tslab.display.raw("${mime}", ${CHART} as any)`);
    expect(content.data[mime]).toMatchObject({ data: { values: [{ day: "Mon", clicks: 2 }] } });
  });
});
