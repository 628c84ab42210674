import { comparePictures } from "./compare-pictures.js";
import { compareJson, compareText, type Mismatch } from "./compare-values.js";
import {
  type Cell,
  type CodeCell,
  hasTag,
  isJsonMime,
  type Notebook,
  type Output,
} from "./nbformat.js";

/** The first thing in a cell that is not as committed. */
export interface Difference extends Mismatch {
  /** Position among the code cells, from 1. */
  position: number;
  cellId: string;
}

/**
 * How the outputs of a run differ from the committed ones, one difference a cell.
 *
 * Text is compared exactly, numbers in it within `metadata.retro.tolerance` (1e-6, relative or
 * absolute), charts by data and encoding, pictures by size in pixels, errors by name and message;
 * of a cell tagged `volatile` only the media types.
 */
export function compareNotebooks(committed: Notebook, actual: Notebook): Difference[] {
  const ran = actual.cells.filter(isCode);
  const differences: Difference[] = [];
  for (const [index, cell] of committed.cells.filter(isCode).entries()) {
    const other = ran[index];
    const mismatch = other && compareCells(cell, other);
    if (mismatch) differences.push({ ...mismatch, position: index + 1, cellId: cell.id });
  }
  return differences;
}

function isCode(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code";
}

function compareCells(committed: CodeCell, actual: CodeCell): Mismatch | undefined {
  const volatile = hasTag(committed, "volatile");
  const tolerance = committed.metadata.retro?.tolerance ?? 1e-6;
  const count = Math.max(committed.outputs.length, actual.outputs.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [committed.outputs[i], actual.outputs[i]];
    const kinds = compareKinds(a, b);
    const mismatch = kinds ?? (volatile || !a || !b ? undefined : compareOutputs(a, b, tolerance));
    if (mismatch) return { ...mismatch, where: `output ${i + 1}${mismatch.where}` };
  }
  return undefined;
}

function compareKinds(a: Output | undefined, b: Output | undefined): Mismatch | undefined {
  const [expected, actual] = [describe(a), describe(b)];
  return expected === actual ? undefined : { where: "", expected, actual };
}

/** The kind and the media types of an output, in words. */
function describe(output: Output | undefined): string {
  if (output === undefined) return "no output";
  if (output.output_type === "stream") return `text on ${output.name}`;
  if (output.output_type === "error") return "an error";
  return `${output.output_type} of ${Object.keys(output.data).sort().join(", ")}`;
}

function compareOutputs(a: Output, b: Output, tolerance: number): Mismatch | undefined {
  if (a.output_type === "stream" && b.output_type === "stream") {
    return compareText(a.text, b.text, tolerance);
  }
  if (a.output_type === "error" && b.output_type === "error") {
    return compareText(`${a.ename}: ${a.evalue}`, `${b.ename}: ${b.evalue}`, tolerance);
  }
  if (!("data" in a && "data" in b)) return undefined;
  for (const mime of Object.keys(a.data).sort()) {
    const mismatch = compareMime(mime, a.data[mime], b.data[mime], tolerance);
    if (mismatch) return { ...mismatch, where: `, ${mime}${mismatch.where}` };
  }
  return undefined;
}

function compareMime(mime: string, a: unknown, b: unknown, tolerance: number) {
  if (isJsonMime(mime)) return compareJson(a, b, tolerance);
  if (mime.startsWith("image/")) return comparePictures(mime, String(a), String(b), tolerance);
  return compareText(String(a), String(b), tolerance);
}
