import { expect, test } from "vitest";
import { compareNotebooks } from "../../../kernel/notebook/compare.js";
import type { CellMetadata, Notebook, Output } from "../../../kernel/notebook/nbformat.js";

const notebookOf = (outputs: Output[], metadata: CellMetadata = {}): Notebook => ({
  cells: [
    { cell_type: "markdown", id: "m", metadata: {}, source: "" },
    { cell_type: "code", id: "c", metadata, source: "", execution_count: 1, outputs },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const chart = (spec: object) =>
  shown({ "application/vnd.vegalite.v5+json": spec, "text/plain": "a chart" });
const svg = (head: string) =>
  shown({ "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" ${head}></svg>` });
// The first bytes of a PNG, up to its size.
const png = (width: number, height: number) => {
  const bytes = Buffer.from(
    "89504e470d0a1a0a0000000d49484452000000000000000008060000000000000000",
    "hex",
  );
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return shown({ "image/png": bytes.toString("base64") });
};
const error = (evalue: string, traceback: string[] = []): Output => ({
  output_type: "error",
  ename: "E",
  evalue,
  traceback,
});

const compare = (a: Output[], b: Output[], metadata?: CellMetadata) =>
  compareNotebooks(notebookOf(a, metadata), notebookOf(b, metadata));

test.each<[string, Output, Output, CellMetadata?]>([
  ["text", stream("a 1.0000001 b\n"), stream("a 1.0000002 b\n")],
  [
    "text within the cell's tolerance",
    stream("1.0"),
    stream("1.09"),
    { retro: { tolerance: 0.1 } },
  ],
  [
    "a chart of another schema",
    chart({ $schema: "v5", data: [0.1] }),
    chart({ $schema: "v6", data: [0.1 + 1e-9] }),
  ],
  ["drawings of one size", svg('width="10" height="20"'), svg('height="20" width="10" id="a"')],
  ["drawings of one view", svg('viewBox="0 0 3 4"'), svg('viewBox="0 0 3 4" id="b"')],
  [
    "pictures of one size",
    png(3, 4),
    shown({ "image/png": "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAECAYAAAAAAAAAAAAA" }),
  ],
  ["an error with another traceback", error("no", ["a"]), error("no", ["b"])],
  ["volatile text", stream("a"), stream("b"), { tags: ["volatile"] }],
])("%s agrees", (_, a, b, metadata) => {
  expect(compare([a], [b], metadata)).toEqual([]);
});

test.each<[string, Output[], Output[], string, string, string]>([
  ["a word", [stream("a\nb 1\n")], [stream("a\nc 1\n")], "output 1, line 2", '"b 1"', '"c 1"'],
  ["a number", [stream("1.0")], [stream("1.001")], "output 1, line 1", '"1.0"', '"1.001"'],
  ["a missing line", [stream("a\nb")], [stream("a")], "output 1, line 2", '"b"', "nothing"],
  ["an output", [stream("a")], [stream("a"), error("x")], "output 2", "no output", "an error"],
  [
    "the media types",
    [shown({ "text/plain": "" })],
    [shown({ "text/html": "" })],
    "output 1",
    "display_data of text/plain",
    "display_data of text/html",
  ],
  [
    "a chart's data",
    [chart({ data: { values: [{ x: 1 }] } })],
    [chart({ data: { values: [{ x: 2 }] } })],
    "output 1, application/vnd.vegalite.v5+json at data.values.0.x",
    "1",
    "2",
  ],
  [
    "a picture's size",
    [png(3, 4)],
    [png(3, 5)],
    "output 1, image/png",
    "3 x 4 pixels",
    "3 x 5 pixels",
  ],
  [
    "a drawing's size",
    [svg('width="10" height="20"')],
    [svg('width="11" height="20"')],
    "output 1, image/svg+xml",
    "10 x 20 pixels",
    "11 x 20 pixels",
  ],
  ["an error's message", [error("a")], [error("b")], "output 1, line 1", '"E: a"', '"E: b"'],
])("%s differs", (_, a, b, where, expected, actual) => {
  expect(compare(a, b)).toEqual([{ position: 1, cellId: "c", where, expected, actual }]);
});

test("volatile media types still count", () => {
  expect(compare([stream("a")], [], { tags: ["volatile"] })).toHaveLength(1);
});
