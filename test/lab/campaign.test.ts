import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { readNotebook } from "../../kernel/notebook/read-notebook.js";
import { writeNotebook } from "../../kernel/notebook/write-notebook.js";
import { ERROR, hasLab, inkOf, Lab } from "../support/lab.js";

describe.skipIf(!hasLab)(
  "the first notebook in JupyterLab (needs python3 with jupyterlab, and Chromium)",
  { timeout: 60_000 },
  () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await Lab.start();
      const notebook = readNotebook(join(packageFolder(), "notebooks", "01-campaign.ipynb"));
      for (const cell of notebook.cells) {
        if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
      }
      writeNotebook(join(lab.jupyter.folder, "01-campaign.ipynb"), notebook);
      await lab.open("01-campaign.ipynb");
    });
    afterAll(() => lab?.stop());

    test("run all: charts are drawn, tables are there, nothing failed", async () => {
      await lab.menu("Run", "Run All Cells");
      await lab.prompt(lab.cell(9), "[10]:");
      await expectCampaign(lab, "campaign");
    });

    test("the stop button ends an endless cell; what was there before it is kept", async () => {
      const endless = await lab.start(
        'let turns = 0;\nconsole.log("turning");\nwhile (true) turns++;',
      );
      await expect.poll(() => lab.text(endless)).toBe("turning");
      await lab.button("interrupt-kernel").click();
      await lab.prompt(endless, "[11]:");
      expect(await lab.text(endless)).toContain("Interrupted");
      await lab.picture("interrupted");
      expect(await lab.text(await lab.run("[turns > 0, log.rows]"))).toBe("[ true, 16632 ]");
    });

    test("the restart button forgets everything, and the notebook runs again", async () => {
      await lab.button("restart-kernel").click();
      const restarted = lab.page.waitForResponse(/\/restart/);
      await lab.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
      await restarted;
      await lab.ready();
      expect(await lab.text(await lab.run("// %check off\ntypeof log"))).toBe("'undefined'");
      await lab.cell(9).click();
      await lab.menu("Run", "Run All Above Selected Cell");
      await lab.prompt(lab.cell(8), "[10]:");
      await expectCampaign(lab, "restarted", 1);
    });
  },
);

/** Four charts are drawn, of which pictures are kept, and four tables; `errors` are of other cells. */
async function expectCampaign(lab: Lab, when: string, errors = 0): Promise<void> {
  const charts = lab.page.locator(".jp-RenderedVegaLite canvas.marks");
  await expect.poll(() => charts.count()).toBe(4);
  for (const [i, chart] of (await charts.all()).entries()) {
    await expect.poll(() => inkOf(chart)).toBeGreaterThan(300);
    await lab.picture(`${when}-chart-${i + 1}`, chart);
  }
  expect(await lab.page.locator(".jp-OutputArea table").count()).toBe(4);
  expect(await lab.page.locator(ERROR).count()).toBe(errors);
}
