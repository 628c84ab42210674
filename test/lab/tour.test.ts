import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CodeCell, hasTag } from "../../kernel/notebook/nbformat.js";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { readNotebook } from "../../kernel/notebook/read-notebook.js";
import { writeNotebook } from "../../kernel/notebook/write-notebook.js";
import { ERROR, hasLab, inkOf, Lab } from "../support/lab.js";

describe.skipIf(!hasLab)(
  "the tour of TypeScript in JupyterLab (needs python3 with jupyterlab, and Chromium)",
  { timeout: 60_000 },
  () => {
    const name = "02-typescript-tour.ipynb";
    const notebook = readNotebook(join(packageFolder(), "notebooks", name));
    const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
    let lab: Lab;
    beforeAll(async () => {
      for (const cell of code) Object.assign(cell, { outputs: [], execution_count: null });
      lab = await Lab.start();
      writeNotebook(join(lab.jupyter.folder, name), notebook);
      await lab.open(name);
    });
    afterAll(() => lab?.stop());

    test("run all goes on past the errors that belong there, and shows those alone", async () => {
      await lab.menu("Run", "Run All Cells");
      await lab.prompt(lab.cell(code.length - 1), `[${code.length}]:`);
      for (const [i, cell] of code.entries()) {
        const failed = await lab
          .cell(i)
          .locator(ERROR)
          .getByText(/^TS\d+$/)
          .count();
        expect([cell.id, failed > 0]).toEqual([
          cell.id,
          hasTag(cell, "raises-exception") || cell.id === "check",
        ]);
      }
      const chart = lab.page.locator(".jp-RenderedVegaLite canvas.marks");
      await expect.poll(() => inkOf(chart)).toBeGreaterThan(300);
    });

    test("it reads from top to bottom", async () => {
      await lab.page.setViewportSize({ width: 1280, height: 6_300 });
      await lab.picture("tour", lab.cell(0));
    });
  },
);
