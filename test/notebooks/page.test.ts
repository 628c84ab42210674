import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { readNotebook } from "../../kernel/notebook/read-notebook.js";
import { reportHtml } from "../../kernel/notebook/report.js";
import { chromium, chromiumFlags } from "../support/chromium.js";

test.skipIf(chromium === undefined)(
  "in Chromium, from a file and without a network, the page draws every chart and complains of nothing",
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "retro-page-"));
    const file = join(folder, "01-campaign.html");
    const notebook = readNotebook(join(packageFolder(), "notebooks", "01-campaign.ipynb"));
    writeFileSync(file, reportHtml(notebook, "01-campaign"));
    const words = [
      ...chromiumFlags,
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--enable-logging=stderr",
      "--window-size=1280,1000",
      "--virtual-time-budget=10000",
      `--user-data-dir=${join(folder, "profile")}`,
      "--dump-dom",
      pathToFileURL(file).href,
    ];
    const { stdout, stderr } = spawnSync(chromium ?? "", words, {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    rmSync(folder, { recursive: true, force: true });
    expect(stderr.split("\n").filter((line) => line.includes("CONSOLE"))).toEqual([]);
    const figures = stdout.split(/<figure class="chart(?: wide)?"/).slice(1);
    expect(figures.length).toBe(4);
    for (const figure of figures) {
      expect(figure.match(/<path aria-label="[^"]|<path [^>]*d="M/g)?.length).toBeGreaterThan(3);
      expect(figure).toMatch(/<img [^>]*hidden=""/);
    }
  },
);
