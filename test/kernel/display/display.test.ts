import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { display, installSink, registerFormatter } from "../../../kernel/display/index.js";
import { notebookSink } from "./notebook-sink.js";

let notebook: ReturnType<typeof notebookSink>;
beforeEach(() => {
  notebook = notebookSink();
});
afterEach(() => installSink());

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAC0lEQVR42mNgwAMAABsAAd36cxwAAAAASUVORK5CYII=";

test("a handle updates the output it came from", () => {
  const handle = display(1);
  handle.update([{ a: 1 }], { metadata: { note: "second" } });
  const [first, second] = notebook.sent;
  expect(first).toEqual({
    kind: "display",
    id: handle.id,
    rendered: { data: { "text/plain": "1" } },
  });
  expect(second?.kind).toBe("update");
  expect(second?.id).toBe(handle.id);
  expect(second?.rendered?.metadata).toEqual({ note: "second" });
  expect(display(2).id).not.toBe(handle.id);
});

test("id and metadata are the caller's; metadata joins the formatter's", () => {
  display(Buffer.from(PNG, "base64"), { id: "mine", metadata: { a: 1 } });
  expect(notebook.sent[0]?.id).toBe("mine");
  expect(notebook.sent[0]?.rendered?.metadata).toEqual({
    "image/png": { width: 2, height: 3 },
    a: 1,
  });
});

describe("each kind has its media type", () => {
  test.each<[string, () => unknown, Record<string, unknown>]>([
    [
      "html",
      () => display.html("<b>x</b>"),
      { "text/html": "<b>x</b>", "text/plain": "[HTML, 8 characters]" },
    ],
    ["markdown", () => display.markdown("# x"), { "text/markdown": "# x", "text/plain": "# x" }],
    ["latex", () => display.latex("x^2"), { "text/latex": "$$x^2$$", "text/plain": "x^2" }],
    ["latex in dollars", () => display.latex("$x$"), { "text/latex": "$x$", "text/plain": "$x$" }],
    [
      "json",
      () => display.json({ a: 1n, b: [NaN] }),
      {
        "application/json": { a: 1, b: [null] },
        "text/plain": '{\n  "a": 1,\n  "b": [\n    null\n  ]\n}',
      },
    ],
    [
      "svg",
      () => display.svg("<svg/>"),
      { "image/svg+xml": "<svg/>", "text/plain": "[SVG image, 6 characters]" },
    ],
    [
      "png of base64",
      () => display.png(PNG),
      { "image/png": PNG, "text/plain": "[PNG image, 2 × 3, 68 bytes]" },
    ],
    [
      "png of bytes",
      () => display.png(new Uint8Array(Buffer.from(PNG, "base64"))),
      { "image/png": PNG, "text/plain": "[PNG image, 2 × 3, 68 bytes]" },
    ],
    [
      "mp4",
      () => display.mp4(Uint8Array.of(1, 2, 3)),
      {
        "video/mp4": "AQID",
        "text/html": '<video controls src="data:video/mp4;base64,AQID"></video>',
        "text/plain": "[MP4, 3 bytes]",
      },
    ],
    [
      "pdf",
      () => display.pdf(Uint8Array.of(1, 2, 3)),
      { "application/pdf": "AQID", "text/plain": "[PDF, 3 bytes]" },
    ],
    [
      "javascript",
      () => display.javascript("1"),
      { "application/javascript": "1", "text/plain": "[JavaScript, 1 character]" },
    ],
    ["text", () => display.text("it's\n"), { "text/plain": "it's\n" }],
    [
      "raw",
      () => display.raw({ "application/x": [1n], "image/webp": Uint8Array.of(1) }),
      { "application/x": [1], "image/webp": "AQ==" },
    ],
  ])("%s", (_, show, expected) => {
    show();
    expect(notebook.sent.map(({ rendered }) => rendered?.data)).toEqual([expected]);
  });

  test("charts", () => {
    display.vegaLite({ mark: "bar" });
    display.vega({ marks: [] });
    expect(notebook.sent.map(({ rendered }) => Object.keys(rendered?.data ?? {})[0])).toEqual([
      "application/vnd.vegalite.v5+json",
      "application/vnd.vega.v5+json",
    ]);
  });

  test("a handle updates with the same kind", () => {
    display.html("<b>").update("<i>");
    expect(notebook.sent[1]?.rendered?.data["text/html"]).toBe("<i>");
  });

  test("clear", () => {
    display.clear();
    display.clear({ wait: true });
    expect(notebook.sent).toEqual([
      { kind: "clear", wait: false },
      { kind: "clear", wait: true },
    ]);
  });
});

describe("bad input", () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      "no base64",
      () => display.png("pictures/x.png?"),
      /display\.png takes bytes .* not text that is not base64/,
    ],
    ["no bytes", () => display.pdf(1 as never), /display\.pdf takes bytes .* not 1$/],
    [
      "another picture",
      () => display.gif(PNG),
      /display\.gif: the 68 bytes hold image\/png, not image\/gif/,
    ],
    ["no picture", () => display.jpeg(Uint8Array.of(1)), /hold no picture that can be read/],
    ["no media type", () => display.raw({ plain: "x" }), /"plain" is no media type/],
  ])("%s", (_, show, message) => {
    expect(show).toThrow(message);
    expect(notebook.sent).toEqual([]);
  });
});

describe("order", () => {
  test("what is rendered later keeps its place, and the cell waits", async () => {
    const slow = deferred();
    const undo = registerFormatter({
      name: "slow",
      match: (value) => value === "slow",
      format: async () => {
        await slow.promise;
        return { data: { "text/plain": "slow" } };
      },
    });
    display("slow").update("slow");
    display(1);
    display.clear();
    expect(notebook.sent).toEqual([]);
    slow.resolve(undefined);
    await Promise.all(notebook.pending);
    undo();
    expect(notebook.sent.map(({ kind }) => kind)).toEqual([
      "display",
      "update",
      "display",
      "clear",
    ]);
    display(2);
    expect(notebook.texts().at(-1)).toBe("2");
  });
});

test("in a terminal the text is printed", () => {
  installSink();
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  display({ a: 1 });
  expect(log.mock.calls).toEqual([["{ a: 1 }"]]);
  log.mockRestore();
});

function deferred() {
  let resolve = (_: unknown) => {};
  const promise = new Promise<unknown>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
