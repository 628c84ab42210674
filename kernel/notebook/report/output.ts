import { AnsiUp } from "ansi_up";
import { escapeHtml } from "../../display/html.js";
import type { Output } from "../nbformat.js";
import { highlighted } from "./code.js";
import type { MarkdownPage } from "./markdown.js";

/** One output of a cell as HTML: the richest of its media types that a page can show. */
export function outputHtml(output: Output, markdown: MarkdownPage): string {
  if (output.output_type === "stream") {
    return `<pre class="${escapeHtml(output.name)}">${ansi(output.text)}</pre>`;
  }
  if (output.output_type === "error") {
    return `<pre class="error">${ansi(output.traceback.join("\n"))}</pre>`;
  }
  const { data } = output;
  const mime = Object.keys(data).find(isChart);
  if (mime !== undefined) return chartHtml(data, mime);
  if ("text/html" in data) return `<div class="html">${data["text/html"]}</div>`;
  if ("text/markdown" in data) {
    return `<div class="markdown">${markdown.render(String(data["text/markdown"]))}</div>`;
  }
  const shown = picture(data) ?? video(data);
  if (shown !== undefined) return `<figure>${shown}</figure>`;
  if ("text/latex" in data) return `<pre>${escapeHtml(String(data["text/latex"]))}</pre>`;
  if ("application/json" in data) {
    const json = JSON.stringify(data["application/json"], null, 2);
    return `<pre><code>${highlighted(json, "json")}</code></pre>`;
  }
  return "text/plain" in data
    ? `<pre class="result">${ansi(String(data["text/plain"]))}</pre>`
    : "";
}

type Bundle = Readonly<Record<string, unknown>>;

function isChart(mime: string): boolean {
  return /^application\/vnd\.vega(lite)?\.v\d+(\.\d+)*\+json$/.test(mime);
}

/** The picture first: it is there without scripts, in print, and on a screen too narrow for the chart. */
function chartHtml(data: Bundle, mime: string): string {
  const kind = mime.includes("vegalite") ? "vega-lite" : "vega";
  const still = picture(data) ?? `<pre>${escapeHtml(String(data["text/plain"] ?? ""))}</pre>`;
  const spec = JSON.stringify(data[mime]).replaceAll("<", "\\u003c");
  return `<figure class="chart" data-kind="${kind}">${still}<script type="application/json">${spec}</script></figure>`;
}

function picture(data: Bundle): string | undefined {
  const alt = escapeHtml(String(data["text/plain"] ?? ""));
  const svg = data["image/svg+xml"];
  if (svg !== undefined) {
    // As an image a drawing cannot run scripts.
    const bytes = Buffer.from(String(svg)).toString("base64");
    return `<img alt="${alt}" src="data:image/svg+xml;base64,${bytes}">`;
  }
  const mime = ["image/png", "image/jpeg", "image/gif", "image/webp"].find((m) => m in data);
  if (mime === undefined) return undefined;
  return `<img alt="${alt}" src="data:${mime};base64,${base64(data[mime])}">`;
}

function video(data: Bundle): string | undefined {
  if (!("video/mp4" in data)) return undefined;
  return `<video controls src="data:video/mp4;base64,${base64(data["video/mp4"])}"></video>`;
}

function base64(value: unknown): string {
  return String(value).replace(/[^A-Za-z0-9+/=]/g, "");
}

function ansi(text: string): string {
  const up = new AnsiUp();
  up.use_classes = true;
  return up.ansi_to_html(text.replace(/\n+$/, ""));
}
