import { createHash } from "node:crypto";
import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { InputError } from "../extension/index.js";
import { readGiven } from "./given-file.js";
import { type Cell, isJsonMime, type Notebook } from "./nbformat.js";
import { rememberLiterals } from "./number-literals.js";

/**
 * Reads a notebook file, nbformat 4.0 to 4.5.
 *
 * @throws InputError with file, line and column when it is missing, not JSON or not a notebook.
 */
export function readNotebook(file: string): Notebook {
  return parseNotebook(readGiven(file, "notebook"), file);
}

/** Reads a notebook from its text; `file` names it in errors. */
export function parseNotebook(text: string, file: string): Notebook {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const first = errors[0];
    const why = first
      ? `not JSON: ${words(printParseErrorCode(first.error))}`
      : `not JSON: ${(error as Error).message}`;
    throw new InputError(`${place(file, text, first?.offset ?? 0)}: ${why}`);
  }
  try {
    rejoin(check(value));
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const offset = tree === undefined ? 0 : offsetOf(tree, error.path);
    throw new InputError(`${place(file, text, offset)}: not a notebook: ${error.message}`);
  }
  if (tree !== undefined) rememberLiterals(tree, value, text);
  return upgrade(value as Notebook);
}

class Misfit extends Error {
  constructor(
    readonly path: JSONPath,
    message: string,
  ) {
    super(message);
  }
}

interface Fields {
  [key: string]: unknown;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return (
    typeof value === "string" ||
    (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}

function expect(good: boolean, path: JSONPath, message: string): asserts good {
  if (!good) throw new Misfit(path, message);
}

function check(value: unknown): Fields {
  expect(isFields(value), [], "the file must hold an object");
  expect(value.nbformat !== undefined, [], "nbformat is missing");
  expect(
    value.nbformat === 4,
    ["nbformat"],
    `nbformat is ${JSON.stringify(value.nbformat)}, only 4 is read; open and save it in JupyterLab first`,
  );
  expect(
    Number.isInteger(value.nbformat_minor),
    ["nbformat_minor"],
    "nbformat_minor must be a whole number",
  );
  expect(isFields(value.metadata), ["metadata"], "metadata must be an object");
  expect(Array.isArray(value.cells), ["cells"], "cells must be a list");
  for (const [i, cell] of value.cells.entries()) checkCell(cell, ["cells", i]);
  return value;
}

function checkCell(cell: unknown, at: JSONPath): void {
  expect(isFields(cell), at, "a cell must be an object");
  expect(
    ["code", "markdown", "raw"].includes(String(cell.cell_type)),
    [...at, "cell_type"],
    `cell_type is ${JSON.stringify(cell.cell_type)}, allowed are "code", "markdown" and "raw"`,
  );
  expect(isText(cell.source), [...at, "source"], "source must be text or a list of lines");
  expect(isFields(cell.metadata), [...at, "metadata"], "a cell's metadata must be an object");
  const { tags } = cell.metadata;
  expect(
    tags === undefined || (Array.isArray(tags) && isText(tags)),
    [...at, "metadata", "tags"],
    "tags must be a list of names",
  );
  expect(
    cell.id === undefined || /^[\w-]{1,64}$/.test(String(cell.id)),
    [...at, "id"],
    `the cell id ${JSON.stringify(cell.id)} must be 1 to 64 letters, digits, - or _`,
  );
  if (cell.cell_type !== "code") return;
  expect(Array.isArray(cell.outputs), [...at, "outputs"], "outputs must be a list");
  for (const [i, output] of cell.outputs.entries()) checkOutput(output, [...at, "outputs", i]);
}

function checkOutput(output: unknown, at: JSONPath): void {
  expect(isFields(output), at, "an output must be an object");
  const kind = output.output_type;
  if (kind === "stream") {
    expect(isText(output.text), [...at, "text"], "a stream's text must be text or a list of lines");
  } else if (kind === "display_data" || kind === "execute_result") {
    expect(isFields(output.data), [...at, "data"], "an output's data must be an object");
  } else if (kind === "error") {
    const lines = Array.isArray(output.traceback) && isText(output.traceback);
    expect(lines, [...at, "traceback"], "a traceback must be a list of lines");
  } else {
    const allowed = '"stream", "display_data", "execute_result" and "error"';
    const message = `output_type is ${JSON.stringify(kind)}, allowed are ${allowed}`;
    expect(false, [...at, "output_type"], message);
  }
}

/** Joins lists of lines, and drops what Jupyter never stores. */
function rejoin(notebook: Fields): void {
  const metadata = notebook.metadata as Fields;
  for (const key of ["orig_nbformat", "orig_nbformat_minor", "signature"]) delete metadata[key];
  for (const cell of notebook.cells as Fields[]) {
    delete (cell.metadata as Fields).trusted;
    join(cell, "source");
    for (const attachment of Object.values(cell.attachments ?? {})) joinBundle(attachment);
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs as Fields[]) {
      if (isFields(output.data)) joinBundle(output.data);
      else join(output, "text");
    }
  }
}

function joinBundle(bundle: Fields): void {
  for (const mime of Object.keys(bundle)) if (!isJsonMime(mime)) join(bundle, mime);
}

function join(holder: Fields, key: string): void {
  const lines = holder[key];
  if (Array.isArray(lines) && isText(lines)) holder[key] = lines.join("");
}

/** Adds ids that older formats lack; the same file always gets the same ones. */
function upgrade(notebook: Notebook): Notebook {
  const taken = new Set<string>();
  for (const cell of notebook.cells as (Cell & { id?: string })[]) {
    if (cell.id === undefined || taken.has(cell.id)) cell.id = idFor(cell.source, taken);
    taken.add(cell.id);
  }
  notebook.nbformat_minor = Math.max(5, notebook.nbformat_minor);
  return notebook;
}

function idFor(source: string, taken: ReadonlySet<string>): string {
  for (let salt = 0; ; salt++) {
    const id = createHash("sha256").update(`${salt}:${source}`).digest("hex").slice(0, 8);
    if (!taken.has(id)) return id;
  }
}

function offsetOf(tree: Node, path: JSONPath): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = findNodeAtLocation(tree, path.slice(0, depth));
    if (node !== undefined) return node.offset;
  }
  return 0;
}

function place(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** `CommaExpected` as "comma expected". */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
