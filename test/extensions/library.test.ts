import { spawnSync } from "node:child_process";
import { expect, expectTypeOf, test } from "vitest";
import type { CampaignLog, GeneratedLog } from "../../datasets/campaign/index.js";
import { InputError, retro, vl } from "../../extensions/index.js";

declare module "../../extensions/index.js" {
  interface LoadDataset {
    (name: "orders", options?: { year: number }): { total: number }[];
    (name: "refunds"): { reason: string }[];
  }
}

test("data sets load by name, with the types of each", async () => {
  const { load } = retro.datasets;
  const log = load("campaign", { seed: 7 });
  expectTypeOf(log).toEqualTypeOf<Promise<GeneratedLog>>();
  expect((await log).records.length).toBeGreaterThan(1_000);
  expectTypeOf(() => load("campaign", { path: "a.csv" })).returns.toEqualTypeOf<
    Promise<CampaignLog>
  >();
  // Empty is how a notebook's parameter asks for a generated log; it may name any other.
  expectTypeOf(() => load("campaign", { path: "" })).returns.toEqualTypeOf<Promise<CampaignLog>>();
  // @ts-expect-error a name that nobody brings
  const misspelt = () => load("campain");
  expect(misspelt).toThrow(InputError);
  expect(misspelt).toThrow('there is no data set "campain" (did you mean "campaign"?)');
  // @ts-expect-error an option that there is not
  void (() => load("campaign", { sed: 7 }));
  expectTypeOf(() => load("orders", { year: 2026 })).returns.toEqualTypeOf<{ total: number }[]>();
});

test("what notebooks have in scope is exactly typed", () => {
  const monitor = new retro.models.analytics.TimeSeriesAnalyzer("conversion_rate");
  expectTypeOf(monitor.isAnomaly(0.1)).toEqualTypeOf<boolean>();
  const verdict = monitor.update(0.1);
  if (verdict.anomaly) expectTypeOf(verdict.sigmas).toEqualTypeOf<number>();
  expectTypeOf(vl.line([{ day: 1, ctr: 0.1 }], { x: "day", y: "ctr" })).not.toBeAny();
  // @ts-expect-error a column that there is not
  expect(() => vl.line([{ week: 1 }], { x: "weak" })).toThrow('did you mean "week"?');
});

test.each([
  ["import", `const library = await import("retro-kernel");`],
  ["require", `const library = createRequire(import.meta.url)("retro-kernel");`],
])("%s gives the library and loads nothing native", (_, load) => {
  const program = `
    import { createRequire } from "node:module";
    process.dlopen = (module, path) => { throw new Error("native: " + path); };
    ${load}
    const { retro, vl } = library;
    const rows = retro.models.analytics.funnel([{ impressions: 10, clicks: 1 }]);
    console.log(rows[0].ctr, vl.bar(rows, { x: "segment", y: "clicks" }).mark.type);`;
  const words = ["--no-warnings", "--input-type=module", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect(`${stdout}${stderr}`.trim()).toBe("0.1 bar");
});
