import { expect, test } from "vitest";
import type { Notebook } from "../../../kernel/notebook/nbformat.js";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { formatNotebook } from "../../../kernel/notebook/write-notebook.js";

// Written by nbformat 5.11.1: nbformat.writes(new_notebook(...)) + "\n".
const JUPYTER = String.raw`{
 "cells": [
  {
   "attachments": {
    "a.txt": {
     "text/plain": [
      "x\n",
      "y"
     ]
    }
   },
   "cell_type": "markdown",
   "id": "32781664",
   "metadata": {},
   "source": [
    "# Hello\n",
    "World\f",
    "bar\r\n",
    "end\n"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 2,
   "id": "cbab0e0d",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\n",
      "b"
     ]
    },
    {
     "data": {
      "application/vnd.vegalite.v5+json": {
       "10": 1,
       "2": 2.50,
       "a": 1.0,
       "b": 1e-07,
       "c": 12345678901234567890,
       "～": "tilde",
       "😀": []
      },
      "image/svg+xml": [
       "<svg>\n",
       "</svg>"
      ],
      "text/plain": [
       "[1.0, 2]"
      ]
     },
     "execution_count": 2,
     "metadata": {},
     "output_type": "execute_result"
    },
    {
     "ename": "E",
     "evalue": "no",
     "output_type": "error",
     "traceback": [
      "one\ntwo",
      "\u001b[0m"
     ]
    }
   ],
   "source": []
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

test("what Jupyter wrote is read and written byte for byte", () => {
  expect(formatNotebook(parseNotebook(JUPYTER, "a.ipynb"))).toBe(JUPYTER);
});

test("text is joined in memory, JSON is left alone", () => {
  const { cells } = parseNotebook(JUPYTER, "a.ipynb");
  expect(cells[0]?.source).toBe("# Hello\nWorld\fbar\r\nend\n");
  expect(cells[1]).toMatchObject({ source: "", outputs: [{ text: "a\nb" }, {}, {}] });
});

test("a changed number loses its old spelling", () => {
  const notebook = parseNotebook(
    '{"cells":[],"metadata":{"a":1.0,"b":2.0},"nbformat":4,"nbformat_minor":5}',
    "",
  );
  notebook.metadata.b = 3;
  expect(formatNotebook(notebook)).toContain('"a": 1.0,\n  "b": 3\n');
});

test("numbers are spelled as Python spells what JavaScript sends", () => {
  const sizes = [0.1, 1e-5, 1.5e-7, 1e16, 1.5e22, -1e21, 0.0001, 123456.5];
  const notebook: Notebook = { cells: [], metadata: { sizes }, nbformat: 4, nbformat_minor: 5 };
  const texts = formatNotebook(notebook)
    .match(/^ {3}\S+?(?=,?$)/gm)
    ?.map((line) => line.trim());
  // json.dumps(json.loads(text)) in Python 3.11 for the text that JSON.stringify gives.
  expect(texts).toEqual([
    "0.1",
    "1e-05",
    "1.5e-07",
    "10000000000000000",
    "1.5e+22",
    "-1e+21",
    "0.0001",
    "123456.5",
  ]);
});

test("older formats get ids, the same every time", () => {
  const cell = { cell_type: "markdown", metadata: {}, source: ["a"] };
  const text = JSON.stringify({
    cells: [cell, cell],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 2,
  });
  const notebook = parseNotebook(text, "old.ipynb");
  expect(notebook.nbformat_minor).toBe(5);
  expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(2);
  expect(parseNotebook(text, "old.ipynb")).toEqual(notebook);
});

test.each([
  ["{\n  ]", /^bad\.ipynb:2:3: not JSON: /],
  ["", /^bad\.ipynb:1:1: not JSON: /],
  ['{"cells": []\n"metadata": {}}', /^bad\.ipynb:2:1: not JSON: comma expected$/],
  ['{"nbformat": 3}', /^bad\.ipynb:1:14: not a notebook: nbformat is 3, only 4/],
  [
    '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[\n {"cell_type":"cod","source":"","metadata":{}}]}',
    /^bad\.ipynb:2:15: not a notebook: cell_type is "cod", allowed are/,
  ],
  [
    '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","source":"","metadata":{}}]}',
    /^bad\.ipynb:1:57: not a notebook: outputs must be a list$/,
  ],
])("a bad file is one error with its place: %#", (text, message) => {
  expect(() => parseNotebook(text, "bad.ipynb")).toThrow(message);
});
