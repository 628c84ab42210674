import { expect, test } from "vitest";
import { render } from "../../../kernel/display/index.js";

const SVG = "http://www.w3.org/2000/svg";

/** What elements of every DOM have in common. */
class Node {
  readonly nodeType = 1;
  readonly localName: string | undefined;
  constructor(
    readonly outerHTML: string,
    readonly namespaceURI = "http://www.w3.org/1999/xhtml",
    readonly ownerDocument: unknown = null,
  ) {
    this.localName = /^<(\w+)/.exec(outerHTML)?.[1];
  }
}

test("an HTML element is HTML", async () => {
  expect(await render(new Node("<figure><svg></svg></figure>"))).toEqual({
    data: { "text/html": "<figure><svg></svg></figure>", "text/plain": "[HTML, 28 characters]" },
  });
});

test("an SVG picture is a file that stands alone", async () => {
  const { data } = await render(new Node("<svg width='9'><title>a</title></svg>", SVG));
  expect(data).toEqual({
    "image/svg+xml": `<svg xmlns="${SVG}" width='9'><title>a</title></svg>`,
    "text/plain": "[SVG image, 72 characters]",
  });
  const named = `<svg width="9" xmlns="${SVG}"/>`;
  expect((await render(new Node(named, SVG))).data["image/svg+xml"]).toBe(named);
});

test("a DOM that writes XML is asked for it", async () => {
  class XMLSerializer {
    serializeToString({ outerHTML }: Node) {
      return outerHTML.replace("<svg", `<svg xmlns="${SVG}"`).replace("&nbsp;", "\u00a0");
    }
  }
  const picture = new Node("<svg>1&nbsp;%</svg>", SVG, { defaultView: { XMLSerializer } });
  expect((await render(picture)).data["image/svg+xml"]).toBe(`<svg xmlns="${SVG}">1\u00a0%</svg>`);
});

test("a part of an SVG picture is no picture", async () => {
  expect((await render(new Node("<g></g>", SVG))).data).toHaveProperty("text/html", "<g></g>");
});

test("data with an element's keys stays data", async () => {
  const hostile = { nodeType: 1, outerHTML: "<script>alert(1)</script>" };
  expect(Object.keys((await render(hostile)).data)).toEqual(["text/plain"]);
  const table = (await render([hostile])).data["text/html"];
  expect(table).not.toContain("<script>");
});
