import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawKernel, type Received } from "../support/raw-kernel.js";
import { hasNeighbour, NEEDS, neighbour } from "./neighbour.js";

/** Each call of tslab's `display`, and the only thing that tslab 1.0.22 then shows. */
const CALLS: [call: string, data: Record<string, unknown>][] = [
  [`javascript("element.append(1)")`, { "text/javascript": "element.append(1)" }],
  [`html("<b>hi</b>")`, { "text/html": "<b>hi</b>" }],
  [`markdown("# one")`, { "text/markdown": "# one" }],
  [`latex("x^2")`, { "text/latex": "x^2" }],
  [`svg("<svg/>")`, { "image/svg+xml": "<svg/>" }],
  [`png(new Uint8Array([137, 80, 78, 71]))`, { "image/png": "iVBORw==" }],
  [`jpeg(new Uint8Array([1, 2]))`, { "image/jpeg": "AQI=" }],
  [`gif(new Uint8Array([71, 73, 70]))`, { "image/gif": "R0lG" }],
  [`pdf(new Uint8Array([37, 80, 68, 70, 45]))`, { "application/pdf": "JVBERi0=" }],
  [`text("plain\\ntext")`, { "text/plain": "plain\ntext" }],
  [`raw("application/json", '{"a":1}')`, { "application/json": '{"a":1}' }],
  [`raw("application/json", { a: [1] } as any)`, { "application/json": { a: [1] } }],
  [`raw("x/y", new Uint8Array([1, 2, 3]))`, { "x/y": "AQID" }],
  [`png("iVBORw==" as any)`, { "image/png": "iVBORw==" }],
];

const TSLAB = "tslab/bin/tslab";
const tslab = [process.execPath, neighbour(TSLAB), "kernel", "--config-path"];

// The same cells, here and in tslab itself.
describe.each([
  { name: "in this kernel", options: {}, there: true },
  {
    name: `in tslab's own ${NEEDS}`,
    options: { command: tslab },
    there: hasNeighbour(TSLAB),
  },
])("tslab.display $name", ({ options, there }) => {
  let kernel: RawKernel;
  beforeAll(async () => {
    if (!there) return;
    kernel = await RawKernel.start(options);
    await kernel.execute(`import * as tslab from "tslab"`);
  });
  afterAll(() => kernel?.stop());

  /** What a cell shows, once so many outputs are there. */
  async function shown(code: string, count: number): Promise<Received[]> {
    const id = kernel.post(code);
    const outputs = () => kernel.outputsOf(id).filter(({ type }) => type.includes("display_data"));
    await kernel.until(() => outputs().length >= count);
    return outputs();
  }

  test.skipIf(!there).each(CALLS)("%s", async (call, data) => {
    const [output] = await shown(`tslab.display.${call}`, 1);
    expect(output?.type).toBe("display_data");
    expect(output?.content).toEqual({ data, metadata: {}, transient: {} });
  });

  test.skipIf(!there)("newDisplay: later calls replace what the first one showed", async () => {
    const outputs = [
      ...(await shown(`const d = tslab.newDisplay(); d.html("1"); d.text("2")`, 2)),
      ...(await shown(`d.raw("x/y", "3")`, 1)),
    ];
    const { display_id } = outputs[0]?.content.transient ?? {};
    expect(display_id).toMatch(/./);
    expect(outputs.map(({ type, content }) => [type, content])).toEqual(
      [
        ["display_data", { "text/html": "1" }] as const,
        ["update_display_data", { "text/plain": "2" }] as const,
        ["update_display_data", { "x/y": "3" }] as const,
      ].map(([type, data]) => [type, { data, metadata: {}, transient: { display_id } }]),
    );
  });

  test.skipIf(!there)("named imports, and the names there are", async () => {
    const code = `import { display as show, newDisplay as fresh } from "tslab"; show.text("named"); fresh().text("fresh")`;
    const outputs = await shown(code, 2);
    expect(outputs.map(({ content }) => content.data["text/plain"])).toEqual(["named", "fresh"]);
    const [names] = await shown(
      `tslab.display.text(Object.keys(tslab).sort().join() + " " + Object.values(tslab.versions).length + " " + tslab.versions.tslab)`,
      1,
    );
    expect(names?.content.data["text/plain"]).toBe("display,newDisplay,versions 3 1.0.22");
  });
});

test("an output of tslab's keeps its place behind one that takes longer", async () => {
  const kernel = await RawKernel.start();
  try {
    const { iopub } = await kernel.execute(`
      const { display: show } = require("tslab");
      display({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "slow" }) });
      show.text("quick");`);
    const outputs = iopub.filter(({ type }) => type === "display_data");
    expect(outputs.map(({ content }) => content.data["text/plain"])).toEqual(["slow", "quick"]);
  } finally {
    await kernel.stop();
  }
});
