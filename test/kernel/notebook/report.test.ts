import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import type { Cell, Notebook, Output } from "../../../kernel/notebook/nbformat.js";
import { reportHtml } from "../../../kernel/notebook/report.js";
import { chromium, chromiumFlags } from "../../support/chromium.js";

const markdown = (source: string): Cell => ({
  cell_type: "markdown",
  id: "m",
  metadata: {},
  source,
});
const code = (source: string, ...outputs: Output[]): Cell => ({
  cell_type: "code",
  execution_count: 1,
  id: "c",
  metadata: {},
  outputs,
  source,
});
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const notebookOf = (...cells: Cell[]): Notebook => ({
  cells,
  metadata: { kernelspec: { name: "retro", display_name: "Retro", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});
const page = (...cells: Cell[]) => reportHtml(notebookOf(...cells), "name");

const CHART = shown({
  "application/vnd.vegalite.v5+json": {
    data: { values: [{ a: "</script><b>", b: 3 }] },
    mark: "bar",
    encoding: { x: { field: "a" }, y: { field: "b", type: "quantitative" } },
  },
  "image/svg+xml": "<svg/>",
  "text/plain": "a bar chart of <b> by a",
});

test("the title is the first heading, else the name", () => {
  expect(page(markdown("## A & *B*"))).toContain("<title>A &amp; B</title>");
  expect(page(code("1"))).toContain("<title>name</title>");
  expect(page(code("1"))).toContain("<h1>name</h1>");
  expect(page(markdown("# One"))).not.toContain("<h1>");
});

test("headings make the contents, each with an id of its own", () => {
  const html = page(markdown("# T\n## Día uno\n### Next\n## Día uno"));
  expect(html).toContain('<li class="h2"><a href="#día-uno">Día uno</a></li>');
  expect(html).toContain('<li class="h2"><a href="#día-uno-2">Día uno</a></li>');
  expect(html).toContain('<h3 id="next">');
  expect(page(markdown("# T\n## Only one"))).not.toContain("<nav");
});

test("code is highlighted and folded, open where it failed", () => {
  const error: Output = {
    output_type: "error",
    ename: "E",
    evalue: "",
    traceback: ["\u001b[31mE\u001b[39m <x>"],
  };
  const html = page(code("const a = 1;"), code("boom", error));
  expect(html).toContain('<details class="code"><summary>Code, 1 line');
  expect(html).toContain('<span class="hljs-keyword">const</span>');
  expect(html).toContain('<details class="code" open>');
  expect(html).toContain('<span class="ansi-red-fg">E</span> &lt;x&gt;');
});

describe("what comes from a notebook cannot leave its place", () => {
  test("HTML in markdown, text and streams is shown as text", () => {
    const html = page(
      markdown("<script>alert(1)</script>"),
      code("", { output_type: "stream", name: "stdout", text: "<i>" }),
      code("", shown({ "text/plain": "<u>" })),
    );
    expect(html).not.toMatch(/<script>alert|<i>|<u>/);
    expect(html).toContain("&lt;script&gt;alert");
  });

  test("a chart's data cannot end its script, nor its text its picture", () => {
    const html = page(code("", CHART));
    expect(html).toContain("\\u003c/script>\\u003cb>");
    expect(html).toContain('alt="a bar chart of &lt;b&gt; by a"');
  });

  test("a picture that is none stays base64", () => {
    expect(page(code("", shown({ "image/png": 'aa\n"><b>' })))).toContain("base64,aab");
  });
});

test("the libraries for charts are there only with a chart", () => {
  expect(page(code("1")).length).toBeLessThan(20_000);
  expect(page(code("1", CHART)).length).toBeGreaterThan(500_000);
});

test("nothing on the page is fetched from elsewhere", () => {
  const html = page(markdown("# T"), code("1", CHART)).replace(/<script>[\s\S]*?<\/script>/g, "");
  expect(html).not.toMatch(/\b(?:src|href)="(?!data:|#)|@import|url\(/);
});

test.skipIf(chromium === undefined)(
  "in Chromium the chart is live and its picture put away",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "retro-report-"));
    const file = join(folder, "page.html");
    writeFileSync(file, page(markdown("# T"), code("1", CHART)));
    const words = [...chromiumFlags, `--user-data-dir=${folder}/profile`];
    const shot = [...words, "--virtual-time-budget=5000", "--dump-dom", pathToFileURL(file).href];
    const { stdout } = spawnSync(chromium ?? "", shot, { encoding: "utf8" });
    rmSync(folder, { recursive: true, force: true });
    expect(stdout).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    expect(stdout).toMatch(/<img [^>]*hidden=""/);
    expect(stdout).toContain('class="all-code"');
  },
);
