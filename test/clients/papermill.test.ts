import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { hasPython, Jupyter } from "../support/jupyter.js";

describe.skipIf(!hasPython("papermill"))(
  "papermill (needs python3 with papermill)",
  { timeout: 60_000 },
  () => {
    let jupyter: Jupyter;
    beforeAll(() => {
      jupyter = new Jupyter();
    });
    afterAll(() => jupyter?.remove());

    const papermill = (...words: string[]) => jupyter.python(["-m", "papermill", ...words]);

    test("executes the first notebook and tells how far it is", () => {
      const notebook = join(packageFolder(), "notebooks", "01-campaign.ipynb");
      copyFileSync(notebook, join(jupyter.folder, "01-campaign.ipynb"));
      const { status, stderr } = papermill("01-campaign.ipynb", "out.ipynb");
      expect(status, stderr).toBe(0);
      expect(stderr).toContain("Executing notebook with kernel: retro");
      expect(stderr).toContain("100%");
      expect(jupyter.outputs("out.ipynb")).toEqual(jupyter.outputs("01-campaign.ipynb"));
    });

    test("a cell that fails ends it with the error as the cell shows it", () => {
      jupyter.write(
        "fails.ipynb",
        'console.log("before");',
        'const spend = JSON.parse("3");\nspend.toFixd(2)',
        "1",
      );
      const { status, stderr } = papermill("fails.ipynb", "failed.ipynb");
      const told = stripVTControlCharacters(stderr);
      expect(status).toBe(1);
      expect(told).toContain("TypeError: spend.toFixd is not a function");
      expect(told).toContain("> 2 | spend.toFixd(2)");
      expect(told).toContain("at Cell [2]:2:7");
      expect(jupyter.outputs("failed.ipynb")).toMatchObject([
        [{ text: "before\n" }],
        [{ output_type: "error", ename: "TypeError" }],
        [],
      ]);
    });
  },
);
