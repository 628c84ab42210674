import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ERROR, hasLab, Lab } from "../support/lab.js";

const CELLS = `const rows = JSON.parse('[{ "campaign": "brand", "clicks": 3 }, { "campaign": "spring", "clicks": null }]');
/**
 * The share of impressions that were **clicked**.
 *
 * @param clicks how often
 * @param impressions out of how many
 * @example
 * rate(3, 100)
 */
function rate(clicks: number, impressions: number): number {
  return clicks / impressions;
}`;

describe.skipIf(!hasLab)(
  "types in JupyterLab (needs python3 with jupyterlab, and Chromium)",
  { timeout: 60_000 },
  () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await Lab.start();
      lab.jupyter.write("types.ipynb", CELLS);
      await lab.open("types.ipynb");
      await lab.menu("Run", "Run All Cells");
      await lab.prompt(lab.cell(0), "[1]:");
    });
    afterAll(() => lab?.stop());

    test("a misspelt column is refused in its cell: red, the place marked, the right name told", async () => {
      const cell = await lab.run("const total = 1;\nrows.map((row) => row.clikcs)");
      await cell.locator(ERROR).waitFor();
      const text = await lab.text(cell);
      expect(text).toMatch(
        /^TS2551: Property 'clikcs' does not exist .*\nDid you mean 'clicks'\?\n/,
      );
      expect(text).toMatch(/> 2 \| rows\.map\(\(row\) => row\.clikcs\)\n\s+\| {23}\^{6}\n/);
      expect(text).toContain("Cell [2]:2:23");
      const title = cell.locator(ERROR).getByText("TS2551", { exact: true });
      expect(await title.getAttribute("class")).toContain("ansi-red");
      await lab.picture("type-error", cell);
    });

    test("Tab completes a column that only the value tells", async () => {
      const cell = await lab.type("rows[0].");
      await lab.page.keyboard.press("Tab");
      const items = lab.page.locator(".jp-Completer-item");
      await items.filter({ hasText: "clicks" }).waitFor();
      expect(await items.allInnerTexts()).toEqual([
        expect.stringContaining("campaign"),
        expect.stringContaining("clicks"),
      ]);
      const icon = items.first().locator("[data-icon], .jp-Completer-monogram, .jp-Completer-icon");
      expect(await icon.count()).toBeGreaterThan(0);
      await lab.picture("column");
      await lab.page.keyboard.press("Enter");
      await expect.poll(() => cell.locator(".cm-content").innerText()).toBe("rows[0].campaign");
    });

    test("Shift+Tab shows a signature and its documentation", async () => {
      await lab.type("rate(");
      await lab.page.keyboard.press("Shift+Tab");
      const tooltip = lab.page.locator(".jp-Tooltip");
      await expect
        .poll(() => tooltip.innerText())
        .toContain("function rate(clicks: number, impressions: number): number");
      expect(await tooltip.locator("strong", { hasText: /^clicked$/ }).count()).toBe(1);
      await lab.picture("documentation");
      await lab.page.keyboard.press("Escape");
    });

    test("name? opens a page with the signature, its documentation and an example", async () => {
      const cell = await lab.run("rate?");
      const text = await lab.text(cell);
      expect(text).toContain("function rate(clicks: number, impressions: number): number");
      expect(text).toContain("rate(3, 100)");
      await lab.picture("types-page", cell);
    });

    test("it reads as well in the dark theme", async () => {
      await lab.page.getByRole("menuitem", { name: "Settings", exact: true }).click();
      for (const item of ["Theme", "JupyterLab Dark"]) {
        await lab.page.locator(".lm-Menu-item").getByText(item, { exact: true }).click();
      }
      await lab.page.locator("body[data-jp-theme-light='false']").waitFor({ state: "attached" });
      await lab.page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
      await lab.picture("types-dark", lab.cell(4));
    });
  },
);
