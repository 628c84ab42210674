import type { Rendered } from "./mimebundle.js";
import { isRecord } from "./records.js";
import type { Formatter } from "./registry.js";
import { grouped } from "./text.js";

interface Element {
  namespaceURI: string | null;
  localName: string;
  outerHTML: string;
  ownerDocument: {
    defaultView?: { XMLSerializer?: new () => { serializeToString(node: unknown): string } } | null;
  } | null;
}

const SVG = "http://www.w3.org/2000/svg";

/** Elements of a DOM outside the browser, such as jsdom's or linkedom's: what Observable Plot and D3 draw. */
export const element: Formatter = {
  name: "element",
  // Data that merely has an element's keys must not become markup.
  match: (value) => {
    if (typeof value !== "object" || value === null || isRecord(value)) return false;
    const { nodeType, outerHTML } = value as { nodeType?: unknown; outerHTML?: unknown };
    return nodeType === 1 && typeof outerHTML === "string";
  },
  format: (value: Element): Rendered => {
    const isPicture = value.namespaceURI === SVG && value.localName === "svg";
    const markup = isPicture ? xml(value) : value.outerHTML;
    const [mime, kind] = isPicture ? ["image/svg+xml", "SVG image"] : ["text/html", "HTML"];
    const note = `[${kind}, ${grouped(markup.length)} characters]`;
    return { data: { [mime]: markup.toWellFormed(), "text/plain": note } };
  },
};

/** A file of its own is XML: `&nbsp;` is unknown there, and the namespace must be said. */
function xml(picture: Element): string {
  const serializer = picture.ownerDocument?.defaultView?.XMLSerializer;
  const markup = serializer ? new serializer().serializeToString(picture) : picture.outerHTML;
  return /^<svg[^>]*\sxmlns=/.test(markup) ? markup : markup.replace("<svg", `<svg xmlns="${SVG}"`);
}
