import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell, Notebook, Output } from "../../../kernel/notebook/nbformat.js";
import { reportHtml } from "../../../kernel/notebook/report.js";
import { foreignMarkup, HOSTILE } from "../../support/markup.js";

// Whatever a notebook says, its page has no elements and attributes but the page's own.
const SEED = 7;
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 20 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(""));

const TAGS =
  "!doctype|html|head|meta|title|body|main|nav|section|details|summary|figure|h[1-6]|p|ol|ul|li|a|em|strong|s|code|pre|blockquote|hr|br|table|thead|tbody|tr|th|td|span|div|img|video|button";
const ATTRIBUTES =
  "html|lang|charset|name|content|class|id|href|src|alt|title|start|open|controls|data-kind|aria-label|style";

const code = (outputs: Output[], source = ""): Cell => ({
  cell_type: "code",
  execution_count: 1,
  id: "c",
  metadata: {},
  outputs,
  source,
});
const shown = (data: Record<string, unknown>): Cell =>
  code([{ output_type: "display_data", data, metadata: {} }]);
const markdown = (source: string, attachments = {}): Cell => ({
  cell_type: "markdown",
  id: "m",
  metadata: {},
  source,
  attachments,
});

const cells: Record<string, (text: string) => Cell> = {
  headings: (text) => markdown(`# ${text}\n\n## ${text}\n\n### ${text}`),
  "markdown text": (text) => markdown(`a ${text} b\n\n- ${text}\n\n> ${text}\n\n    ${text}`),
  "markdown tables": (text) => markdown(`|${text}|b|\n|:-:|--:|\n|${text}|${text}|`),
  "markdown code": (text) => markdown(`\`\`\`${text}\n${text}\n\`\`\`\n\n\`${text}\``),
  "markdown links": (text) =>
    markdown(
      `[${text}](${text} "${text}") [a](<${text}>) ![${text}](${text}) <${text}>\n\n[r]: ${text}`,
    ),
  attachments: (text) =>
    markdown(`![a](attachment:a.png) ![${text}](attachment:${text})`, {
      "a.png": { [text]: text, "image/png": text },
      [text]: { "image/png": text },
    }),
  source: (text) => code([], text),
  streams: (text) =>
    code([{ output_type: "stream", name: text as "stdout", text: `\u001b[31m${text}` }]),
  errors: (text) => code([{ output_type: "error", ename: text, evalue: text, traceback: [text] }]),
  "plain text": (text) => shown({ "text/plain": text }),
  latex: (text) => shown({ "text/latex": text }),
  json: (text) => shown({ "application/json": { [text]: text } }),
  "markdown output": (text) => shown({ "text/markdown": text }),
  pictures: (text) => shown({ "image/svg+xml": text, "text/plain": text }),
  "png pictures": (text) => shown({ "image/png": text, "text/plain": text }),
  video: (text) => shown({ "video/mp4": text }),
  charts: (text) =>
    shown({
      "application/vnd.vegalite.v5+json": { title: text, [text]: text },
      "text/plain": text,
    }),
};

test.each(Object.keys(cells))("%s", (name) => {
  fc.assert(
    fc.property(hostile, (text) => {
      const notebook: Notebook = {
        cells: [(cells[name] as (text: string) => Cell)(text)],
        metadata: {
          title: text,
          kernelspec: { name: text, display_name: text, language: text },
        },
        nbformat: 4,
        nbformat_minor: 5,
      };
      const html = reportHtml(notebook, text);
      const [page = "", scripts = ""] = html.split("</main>");
      const [before = "", after = ""] = page.split(/<style>[\s\S]*?<\/style>/);
      const chart = /<script type="application\/json">[^<]*<\/script>/;
      expect(foreignMarkup(before + after.replace(chart, ""), TAGS, ATTRIBUTES)).toEqual([]);
      expect(scripts.match(/<script>/g)?.length).toBe(name === "charts" ? 2 : 1);
    }),
    { seed: SEED, numRuns: 150 },
  );
});
