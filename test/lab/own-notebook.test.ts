import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { retro } from "../kernel/commands/retro.js";
import { hasLab, inkOf, Lab } from "../support/lab.js";

let lab: Lab;
beforeAll(async () => {
  if (!hasLab) return;
  lab = await Lab.start();
  const folder = join(lab.jupyter.folder, "node_modules", "tiny-growth");
  const manifest = { name: "tiny-growth", version: "1.0.0", type: "module", exports: "./index.js" };
  const code =
    "export const growth = (n) => Array.from({ length: n }, (_, day) => ({ day, clicks: 2 ** day }));";
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "index.js"), code);
  const types = "export declare function growth(n: number): { day: number; clicks: number }[];";
  writeFileSync(join(folder, "index.d.ts"), types);
});
afterAll(() => lab?.stop());

test.skipIf(!hasLab)(
  "a notebook of one's own is written in JupyterLab, and run again from the command line with another parameter (needs python3 with jupyterlab, and Chromium)",
  { timeout: 60_000 },
  async () => {
    const { page, jupyter } = lab;
    await lab.open();
    const card = page.locator(".jp-LauncherCard", { hasText: "TypeScript (Retro)" }).first();
    await card.waitFor();
    await lab.picture("own-launcher");
    await card.click();
    await lab.ready();

    await lab.cell(0).locator(".cm-content").click();
    await page.keyboard.insertText("const n = 3;");
    await page.keyboard.press("Control+Enter");
    await lab.prompt(lab.cell(0), "[1]:");
    await page.getByTitle("Property Inspector").click();
    await page.getByText("Common Tools").click();
    await page.getByPlaceholder("Add Tag").click();
    await page.keyboard.insertText("parameters");
    await page.keyboard.press("Enter");
    await page.locator(".jp-CellTags-Applied", { hasText: "parameters" }).waitFor();
    await lab.picture("own-parameters");
    await page.getByTitle("Property Inspector").click();

    const plot = await lab.run(
      'import { growth } from "tiny-growth";\nvl.bar(growth(n), { x: "day", y: "clicks" })',
    );
    const chart = plot.locator("canvas.marks");
    await expect.poll(() => inkOf(chart)).toBeGreaterThan(300);
    await lab.picture("own-chart", chart);

    const timer = await lab.run(
      'let ticks = 0;\nconst timer = setInterval(() => console.log("tick", ++ticks), 20);',
    );
    const later = await lab.run('console.log("later");');
    const before = await lab.text(timer);
    await expect.poll(() => lab.text(timer)).not.toBe(before);
    await lab.run("clearInterval(timer);");
    expect(await lab.text(later)).toBe("later");

    const thrown = await lab.run('if (n < 5) throw new RangeError(n + " days are too few");');
    expect(await lab.text(thrown)).toContain("RangeError: 3 days are too few");

    const endless = await lab.start('console.log("waiting");\nwhile (n < 5);');
    await expect.poll(() => lab.text(endless)).toBe("waiting");
    await lab.button("interrupt-kernel").click();
    await lab.prompt(endless, /\[\d+\]/);
    expect(await lab.text(endless)).toContain("Interrupted");
    expect(await lab.text(await lab.run("[n, ticks > 0]"))).toBe("[ 3, true ]");
    await lab.picture("own-interrupted");

    const unsaved = page.locator(".lm-TabBar-tab.jp-mod-dirty", { hasText: /\.ipynb/ });
    expect(await unsaved.count()).toBe(1);
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog").getByRole("textbox").fill("own.ipynb");
    await lab.picture("own-name");
    await page.keyboard.press("Enter");
    await page.locator(".lm-TabBar-tab", { hasText: "own.ipynb" }).waitFor();
    await expect.poll(() => unsaved.count()).toBe(0);
    const errors = jupyter
      .outputs("own.ipynb")
      .flat()
      .filter((output) => "ename" in output);
    expect(errors.map(({ ename }) => ename)).toEqual(["RangeError", "Interrupted"]);

    const asSaved = retro(["run", "own.ipynb"], jupyter.folder);
    expect(asSaved.status).toBe(1);
    expect(asSaved.stderr).toContain("RangeError: 3 days are too few");
    const { status, stderr } = retro(["run", "own.ipynb", "-p", "n=7"], jupyter.folder);
    expect(status, stderr).toBe(0);
    const [, , plotted] = jupyter.outputs("out/own.ipynb");
    const values = [1, 2, 4, 8, 16, 32, 64].map((clicks, day) => ({ day, clicks }));
    expect(plotted).toMatchObject([
      { data: { "application/vnd.vegalite.v5+json": { data: { values } } } },
    ]);
  },
);
