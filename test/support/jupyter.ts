import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CodeCell, Output } from "../../kernel/notebook/nbformat.js";
import { readNotebook } from "../../kernel/notebook/read-notebook.js";
import { writeNotebook } from "../../kernel/notebook/write-notebook.js";
import { retro } from "../kernel/commands/retro.js";

/** Whether python3 has all of these modules; nothing is loaded to find out. */
export function hasPython(...modules: string[]): boolean {
  const find = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))";
  return spawnSync("python3", ["-c", find, ...modules], { stdio: "ignore" }).status === 0;
}

/** A user's Jupyter: a folder for notebooks, and the kernel installed where this Jupyter looks. */
export class Jupyter {
  readonly home = mkdtempSync(join(tmpdir(), "retro-jupyter-"));
  readonly folder = join(this.home, "notebooks");
  readonly env = {
    ...process.env,
    JUPYTER_PATH: join(this.home, "share", "jupyter"),
    JUPYTER_CONFIG_DIR: join(this.home, "config"),
    JUPYTER_DATA_DIR: join(this.home, "data"),
    JUPYTER_RUNTIME_DIR: join(this.home, "runtime"),
    IPYTHONDIR: join(this.home, "ipython"),
    RETRO_HISTORY: join(this.home, "history"),
  };

  constructor() {
    mkdirSync(this.folder);
    const { status, stderr } = retro(["install", "--prefix", this.home], this.home);
    if (status !== 0) throw new Error(`retro install: ${stderr}`);
  }

  /** Runs Python in the folder: a client as `["-m", "nbconvert", ...]`, or a script. */
  python(words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { folder: cwd, env } = this;
    return spawnSync("python3", words, { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 });
  }

  /** Writes a notebook of code cells for the kernel; a source may be preceded by its tags in brackets. */
  write(name: string, ...sources: string[]): void {
    const cells = sources.map((text, i): CodeCell => {
      const [, tag, source = ""] = /^(?:\[(.*?)\]\n)?([\s\S]*)$/.exec(text) ?? [];
      const metadata = tag === undefined ? {} : { tags: [tag] };
      return {
        cell_type: "code",
        execution_count: null,
        id: `cell-${i}`,
        metadata,
        outputs: [],
        source,
      };
    });
    const kernelspec = { name: "retro", display_name: "TypeScript (Retro)" };
    const metadata = { kernelspec };
    writeNotebook(join(this.folder, name), { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  }

  /** The outputs of each code cell of a notebook in the folder. */
  outputs(name: string): Output[][] {
    return readNotebook(join(this.folder, name)).cells.flatMap((cell) =>
      cell.cell_type === "code" ? [cell.outputs] : [],
    );
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
