import { readFileSync } from "node:fs";
import { escapeHtml } from "../display/html.js";
import { type CodeCell, hasTag, type Notebook } from "./nbformat.js";
import { distFile } from "./package-folder.js";
import { highlighted } from "./report/code.js";
import { type Heading, MarkdownPage } from "./report/markdown.js";
import { outputHtml } from "./report/output.js";
import { STYLE } from "./report/style.js";

/**
 * A notebook as one HTML page that needs nothing else: prose, figures and tables as an article,
 * code folded away, charts drawn and interactive where they are Vega or Vega-Lite.
 *
 * The title is the notebook's, else its first heading, else `name`. The same notebook gives the same
 * page.
 */
export function reportHtml(notebook: Notebook, name: string): string {
  const markdown = new MarkdownPage();
  const language =
    notebook.metadata.kernelspec?.language ?? notebook.metadata.language_info?.name ?? "";
  const body = notebook.cells.map((cell) => {
    if (cell.cell_type === "markdown") {
      return `<section>${markdown.render(cell.source, cell.attachments)}</section>`;
    }
    return cell.cell_type === "code" ? codeSection(cell, language, markdown) : "";
  });
  const { headings } = markdown;
  const title = notebook.metadata.title ?? headings[0]?.text ?? name;
  const charts = body.some((html) => html.includes('class="chart"'));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${contents(headings)}
<main>
${headings[0]?.level === 1 ? "" : `<h1>${escapeHtml(title)}</h1>`}
${body.filter((html) => html !== "").join("\n")}
</main>
<script>${TOGGLE}</script>
${charts ? `<script>${chartScript()}</script>` : ""}
</body>
</html>
`;
}

function codeSection(cell: CodeCell, language: string, markdown: MarkdownPage): string {
  const failed = cell.outputs.some((output) => output.output_type === "error");
  const outputs = cell.outputs.map((output) => outputHtml(output, markdown)).join("\n");
  const injected = hasTag(cell, "injected-parameters");
  const lines = cell.source.split("\n").length;
  const label = injected ? "Parameters" : `Code, ${lines} ${lines === 1 ? "line" : "lines"}`;
  const code = `<details class="code"${failed || injected ? " open" : ""}><summary>${label}</summary><pre><code>${highlighted(cell.source, language)}</code></pre></details>`;
  return `<section class="cell">${cell.source.trim() === "" ? "" : code}\n${outputs}</section>`;
}

function contents(headings: readonly Heading[]): string {
  const entries = headings.filter(({ level }) => level === 2 || level === 3);
  if (entries.length < 2) return "";
  const items = entries.map(
    ({ level, id, text }) => `<li class="h${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav aria-label="Contents"><h2>Contents</h2><ol>${items.join("")}</ol></nav>`;
}

/** A button that unfolds all code; without scripts there is none, and the folds still work. */
const TOGGLE = `
const folds = [...document.querySelectorAll("details.code")];
if (folds.length > 0) {
  const button = document.createElement("button");
  button.className = "all-code";
  const label = () => { button.textContent = folds.every((fold) => fold.open) ? "Hide code" : "Show code"; };
  button.onclick = () => {
    const open = !folds.every((fold) => fold.open);
    for (const fold of folds) fold.open = open;
  };
  for (const fold of folds) fold.ontoggle = label;
  label();
  document.querySelector("main").prepend(button);
}
`;

function chartScript(): string {
  return readFileSync(distFile("report-charts.js"), "utf8").replaceAll("</script", "<\\/script");
}
