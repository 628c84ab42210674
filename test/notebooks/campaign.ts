import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CodeCell, Notebook } from "../../kernel/notebook/nbformat.js";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { readNotebook } from "../../kernel/notebook/read-notebook.js";
import { retro } from "../kernel/commands/retro.js";

const NOTEBOOK = join(packageFolder(), "notebooks", "01-campaign.ipynb");

/** What became of the first notebook on a log of the user's. */
export interface CampaignRun {
  status: number | null;
  stdout: string;
  /** Without the lines about progress. */
  complaint: string;
  /** Missing when no file was written. */
  notebook?: Notebook;
  wrote: boolean;
}

/** Runs the first notebook through the command on the file at `data`. */
export function runCampaign(data: string): CampaignRun {
  const folder = mkdtempSync(join(tmpdir(), "retro-campaign-"));
  try {
    const output = join(folder, "results", "run.ipynb");
    const files = ["-o", output, "--html", join(folder, "results", "run.html")];
    const words = ["run", NOTEBOOK, ...files, "-p", `data=${data}`];
    const { status, stdout, stderr } = retro(words, folder);
    const complaint = stderr.replace(/^cell .*\n/gm, "");
    const wrote = existsSync(join(folder, "results"));
    return {
      status,
      stdout,
      complaint,
      wrote,
      ...(existsSync(output) && { notebook: readNotebook(output) }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a cell printed and displayed, as text. */
export function textOf(notebook: Notebook | undefined, id: string): string {
  const cell = notebook?.cells.find((cell) => cell.id === id) as CodeCell;
  const texts = cell.outputs.map((output) => {
    if (output.output_type === "stream") return output.text;
    if (!("data" in output)) return output.evalue;
    return String(output.data["text/markdown"] ?? output.data["text/plain"]);
  });
  return texts.join("\n");
}
