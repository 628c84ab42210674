import MarkdownIt from "markdown-it";
import { highlighted } from "./code.js";

export interface Heading {
  level: number;
  id: string;
  text: string;
}

/** The markdown of one page: HTML in it stays text, headings get ids and are remembered. */
export class MarkdownPage {
  readonly headings: Heading[] = [];
  readonly #markdown = new MarkdownIt({ linkify: true, typographer: true, highlight: highlighted });
  readonly #ids = new Set<string>();

  /** `attachments`: the cell's own pictures by file name, each by media type in base64. */
  render(source: string, attachments: Record<string, Record<string, unknown>> = {}): string {
    const tokens = this.#markdown.parse(source, {});
    for (const [i, token] of tokens.entries()) {
      const inline = tokens[i + 1];
      if (token.type === "heading_open" && inline) {
        const text = plainText(inline.children ?? []);
        const id = this.#idFor(text);
        token.attrSet("id", id);
        this.headings.push({ level: Number(token.tag.slice(1)), id, text });
      }
      for (const child of token.children ?? []) {
        const source = child.type === "image" ? String(child.attrGet("src") ?? "") : "";
        const attached = Object.entries(
          attachments[decodeURI(source.replace(/^attachment:/, ""))] ?? {},
        );
        for (const [mime, data] of attached) child.attrSet("src", `data:${mime};base64,${data}`);
      }
    }
    return this.#markdown.renderer.render(tokens, this.#markdown.options, {});
  }

  #idFor(text: string): string {
    const slug =
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "") || "section";
    let id = slug;
    for (let n = 2; this.#ids.has(id); n++) id = `${slug}-${n}`;
    this.#ids.add(id);
    return id;
  }
}

function plainText(tokens: readonly { type: string; content: string }[]): string {
  return tokens
    .map(({ type, content }) => (type === "softbreak" ? " " : content))
    .join("")
    .trim();
}
