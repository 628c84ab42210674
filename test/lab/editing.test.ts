import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ERROR, hasLab, Lab } from "../support/lab.js";

describe.skipIf(!hasLab)(
  "a notebook in JupyterLab (needs python3 with jupyterlab, and Chromium)",
  { timeout: 60_000 },
  () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await Lab.start();
      lab.jupyter.write(
        "editing.ipynb",
        "const rows = [{ day: 1, clicks: 3 }];\nconst { funnel } = retro.models.analytics;",
      );
      await lab.open("editing.ipynb");
      await lab.menu("Run", "Run All Cells");
      await lab.prompt(lab.cell(0), "[1]:");
    });
    afterAll(() => lab?.stop());

    test("Tab completes", async () => {
      const cell = await lab.type("retro.models.");
      await lab.page.keyboard.press("Tab");
      await lab.page.locator(".jp-Completer-item", { hasText: "analytics" }).waitFor();
      await lab.picture("completion");
      await lab.page.keyboard.press("Enter");
      await expect
        .poll(() => cell.locator(".cm-content").innerText())
        .toBe("retro.models.analytics");
    });

    test("Shift+Tab tells what a name is", async () => {
      await lab.type("funnel(rows, ");
      await lab.page.keyboard.press("Shift+Tab");
      const tooltip = lab.page.locator(".jp-Tooltip");
      await tooltip.waitFor();
      await lab.picture("tooltip");
      expect(await tooltip.innerText()).toContain("funnel(");
      await lab.page.keyboard.press("Escape");
    });

    test("TypeScript is highlighted as such", async () => {
      const cell = await lab.type("interface Row { clicks: number }\nconst row = rows[0] as Row;");
      const style = (word: string) => cell.getByText(word, { exact: true }).getAttribute("class");
      const keyword = await style("const");
      expect(keyword).toMatch(/./);
      expect([await style("interface"), await style("as")]).toEqual([keyword, keyword]);
      await lab.picture("highlighting");
    });

    test("an error can be read on its background", async () => {
      const cell = await lab.run('const fail = () => {\n  throw new Error("x");\n};\nfail()');
      await lab.picture("error");
      expect(await contrastOf(cell.locator(ERROR))).toBeGreaterThan(4.4);
    });

    test("a display is updated in place", async () => {
      const shown = await lab.run('const shown = display("one");');
      expect(await lab.text(shown)).toBe("'one'");
      await lab.run('shown.update("two");');
      await expect.poll(() => lab.text(shown)).toBe("'two'");
    });

    test("a progress bar moves in place", async () => {
      const bar = await lab.run(`
        let step = () => {};
        const steps = async () => {
          for (const row of progress([1, 2, 3])) await new Promise<void>((go) => { step = go; });
        };
        void steps();`);
      await expect.poll(() => lab.text(bar)).toContain("0/3");
      await lab.picture("progress");
      await lab.run("step();");
      await expect.poll(() => lab.text(bar)).toContain("1/3");
      expect(await bar.locator(".jp-OutputArea-child").count()).toBe(1);
    });

    test("prompt and password ask in the cell", async () => {
      const cell = await lab.start('[prompt("your name?"), password("secret?")]');
      const asked = (text: string) => cell.locator(".jp-Stdin", { hasText: text }).locator("input");
      await asked("your name?").waitFor();
      await lab.picture("prompt");
      await asked("your name?").fill("Ada");
      await lab.page.keyboard.press("Enter");
      await asked("secret?").fill("s3");
      expect(await asked("secret?").getAttribute("type")).toBe("password");
      await lab.page.keyboard.press("Enter");
      await cell.getByText("[ 'Ada', 's3' ]").waitFor();
    });

    test("name? shows a page", async () => {
      const cell = await lab.run("rows?");
      expect(await lab.text(cell)).toContain("rows");
      await lab.picture("page");
    });
  },
);

/** The lowest contrast of a text in an element with the element's background, as WCAG counts it. */
function contrastOf(element: Locator): Promise<number> {
  return element.evaluate((root) => {
    const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = luminance(getComputedStyle(root).backgroundColor) + 0.05;
    const texts = [...root.querySelectorAll("*")].map((text) => getComputedStyle(text).color);
    const ratios = texts.map((colour) => (luminance(colour) + 0.05) / behind);
    return Math.min(...ratios.map((ratio) => Math.max(ratio, 1 / ratio)));
  });
}
