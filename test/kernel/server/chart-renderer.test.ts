import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ChartRenderer, createChartRenderer } from "../../../kernel/server/chart-renderer.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const bars = {
  data: { values: [{ a: "x", b: 1 }] },
  mark: "bar",
  encoding: { x: { field: "a" }, y: { field: "b", type: "quantitative" } },
} as const;

let folder: string;
let renderer: ChartRenderer;

beforeAll(async () => {
  folder = mkdtempSync(join(root, "node_modules/.chart-renderer-"));
  await build({
    entryPoints: [join(root, "kernel/server/render-worker.ts")],
    outfile: join(folder, "render-worker.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => renderer.close());

/** A renderer whose worker is the script given. */
function scripted(script: string, patienceMs?: number): ChartRenderer {
  const file = join(folder, "scripted.mjs");
  writeFileSync(file, `import { parentPort } from "node:worker_threads";\n${script}`);
  return createChartRenderer(pathToFileURL(file), patienceMs);
}

describe("with the real worker", () => {
  test("draws SVG and PNG, errors do not end it", async () => {
    renderer = createChartRenderer(pathToFileURL(join(folder, "render-worker.mjs")));
    const [svg, broken, png] = await Promise.allSettled([
      renderer.svg(bars, "vega-lite"),
      renderer.svg({ ...bars, data: { url: "x.csv" } }, "vega-lite"),
      renderer.png(bars, "vega-lite"),
    ]);
    expect(svg).toMatchObject({ value: expect.stringMatching(/^<svg /) });
    expect(broken).toMatchObject({
      reason: { message: expect.stringContaining("not from x.csv") },
    });
    expect(png.status === "fulfilled" && Buffer.from(png.value).toString("latin1", 1, 4)).toBe(
      "PNG",
    );
  });
});

describe("whatever the worker does", () => {
  const answer =
    'parentPort.on("message", ({ spec }) => { if (spec.die) process.exit(1); if (spec.throw) throw new Error("torn"); if (!spec.hang) parentPort.postMessage({ picture: spec.name }); });';

  test("jobs are answered in turn", async () => {
    renderer = scripted(answer);
    const names = ["a", "b", "c"];
    const drawn = await Promise.all(names.map((name) => renderer.svg({ name }, "vega")));
    expect(drawn).toEqual(names);
  });

  test("it starts again after it ended or threw", async () => {
    renderer = scripted(answer);
    await expect(renderer.svg({ die: true }, "vega")).rejects.toThrow("ended before");
    await expect(renderer.svg({ throw: true }, "vega")).rejects.toThrow("torn");
    await expect(renderer.svg({ name: "again" }, "vega")).resolves.toBe("again");
  });

  test("a chart that takes too long is given up, the next is drawn", async () => {
    renderer = scripted(answer, 200);
    const [slow, next] = await Promise.allSettled([
      renderer.svg({ hang: true }, "vega"),
      renderer.svg({ name: "next" }, "vega"),
    ]);
    expect(slow).toMatchObject({ reason: { message: expect.stringContaining("took over 0.2 s") } });
    expect(next).toMatchObject({ value: "next" });
  });

  test("closing ends what is being drawn and takes no more", async () => {
    renderer = scripted(answer);
    const hanging = renderer.svg({ hang: true }, "vega");
    const refused = expect(hanging).rejects.toThrow(/ended before|closed/);
    await renderer.close();
    await refused;
    await expect(renderer.svg({ name: "late" }, "vega")).rejects.toThrow("closed");
  });
});
