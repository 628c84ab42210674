import { stripVTControlCharacters } from "node:util";
import { type CodeCell, hasTag, type Notebook } from "../notebook/nbformat.js";

/** What a notebook says in the end: the text of its cells tagged `summary`, else of its last cell with text. */
export function summaryOf(notebook: Notebook): string {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
  const tagged = cells.filter((cell) => hasTag(cell, "summary"));
  const texts =
    tagged.length > 0 ? tagged.map(textOf) : [cells.map(textOf).findLast(Boolean) ?? ""];
  return texts.filter(Boolean).join("\n");
}

function textOf(cell: CodeCell): string {
  const parts = cell.outputs.map((output) => {
    if (output.output_type === "stream") return output.name === "stdout" ? output.text : "";
    return "data" in output ? String(output.data["text/plain"] ?? "") : "";
  });
  return stripVTControlCharacters(
    parts
      .map((part) => part.trimEnd())
      .filter(Boolean)
      .join("\n"),
  );
}
