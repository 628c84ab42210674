import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { InputError } from "../extension/index.js";
import type { Difference } from "../notebook/compare.js";
import type { Failure } from "../notebook/runner.js";

interface TestCommand {
  update?: boolean;
  json?: boolean;
}

/** How one notebook fared. */
interface Verdict {
  notebook: string;
  status: "same" | "different" | "failed" | "updated";
  differences?: Difference[];
  failure?: Failure;
}

/** `retro test`: executes notebooks and compares their outputs with the committed ones. */
export function defineTest(program: Command): void {
  program
    .command("test")
    .description("execute notebooks and compare their outputs with those in the files")
    .argument("[notebooks...]", "default: notebooks/*.ipynb")
    .option("--update", "write the new outputs into the files")
    .option("--json", "print one JSON object about the notebooks")
    .action(async (notebooks: string[], options: TestCommand) => {
      process.exitCode = await test(notebooks, options);
    });
}

async function test(given: readonly string[], options: TestCommand): Promise<number> {
  const { onCtrlC } = await import("./ctrl-c.js");
  const signal = onCtrlC();
  const verdicts: Verdict[] = [];
  for (const file of given.length > 0 ? given : committedNotebooks()) {
    const verdict = await testNotebook(file, options.update ?? false, signal);
    verdicts.push(verdict);
    if (!options.json) console.log(words(verdict));
    if (signal.aborted) break;
  }
  if (options.json) console.log(JSON.stringify({ notebooks: verdicts }));
  if (signal.aborted) return 130;
  return verdicts.every(({ status }) => status === "same" || status === "updated") ? 0 : 1;
}

function committedNotebooks(): string[] {
  const names = existsSync("notebooks") ? readdirSync("notebooks").sort() : [];
  const files = names
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => join("notebooks", name));
  if (files.length > 0) return files;
  throw new InputError("there are no notebooks/*.ipynb in this folder; name the notebooks to test");
}

async function testNotebook(file: string, update: boolean, signal: AbortSignal): Promise<Verdict> {
  const [{ readNotebook }, { runNotebook }, { compareNotebooks }, { writeNotebook }] =
    await Promise.all([
      import("../notebook/read-notebook.js"),
      import("../notebook/runner.js"),
      import("../notebook/compare.js"),
      import("../notebook/write-notebook.js"),
    ]);
  const committed = readNotebook(file);
  const { notebook, failure } = await runNotebook(committed, {
    cwd: dirname(resolve(file)),
    signal,
  });
  if (failure !== undefined) return { notebook: file, status: "failed", failure };
  if (update) {
    writeNotebook(file, notebook);
    return { notebook: file, status: "updated" };
  }
  const differences = compareNotebooks(committed, notebook);
  return differences.length === 0
    ? { notebook: file, status: "same" }
    : { notebook: file, status: "different", differences };
}

function words({ notebook, status, differences = [], failure }: Verdict): string {
  const lines = [`${status.padEnd(9)}  ${notebook}`];
  if (failure)
    lines.push(
      `  cell ${failure.position} (${failure.cellId}): ${failure.ename}: ${failure.evalue}`,
    );
  for (const { position, cellId, where, expected, actual } of differences) {
    lines.push(
      `  cell ${position} (${cellId}), ${where}`,
      `    expected  ${expected}`,
      `    came      ${actual}`,
    );
  }
  return lines.join("\n");
}
