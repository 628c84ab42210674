import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Command, InvalidArgumentError } from "commander";
import { InputError } from "../extension/index.js";
import type { CodeCell, Notebook } from "../notebook/nbformat.js";
import type { Failure, RunResult } from "../notebook/runner.js";

interface RunCommand {
  output?: string;
  parameter?: string[];
  params?: string;
  html?: string;
  timeout?: number;
  allowErrors?: boolean;
  kernelName?: string;
  json?: boolean;
}

/** `retro run`: executes a notebook and writes it with its outputs. */
export function defineRun(program: Command): void {
  program
    .command("run")
    .description("execute a notebook and write it with its outputs")
    .argument("<notebook>", "the notebook to execute; it is left as it is")
    .option("-o, --output <file>", "where the executed notebook goes (default: out/<notebook>)")
    .option("-p, --parameter <name=value>", "a value for a parameter, may be repeated", collect)
    .option("--params <file>", "values for parameters, JSON or YAML")
    .option("--html <file>", "also write the results as one HTML page")
    .option("--timeout <seconds>", "longest time for a cell", seconds)
    .option("--allow-errors", "go on after a cell that fails")
    .option("--kernel-name <name>", "instead of the kernel that the notebook names")
    .option("--json", "print one JSON object about the run")
    .action(async (file: string, options: RunCommand) => {
      process.exitCode = await run(file, options);
    });
}

async function run(file: string, options: RunCommand): Promise<number> {
  const [
    { injectParameters, readParameters },
    { parameterValues },
    { readNotebook },
    { runNotebook },
  ] = await Promise.all([
    import("../notebook/parameters.js"),
    import("../notebook/parameter-values.js"),
    import("../notebook/read-notebook.js"),
    import("../notebook/runner.js"),
  ]);
  const { onCtrlC } = await import("./ctrl-c.js");
  const { ProgressBar } = await import("./progress-bar.js");
  const notebook = readNotebook(file);
  await expectOutputs(file, options);
  const { parameter = [], params, timeout, kernelName, allowErrors } = options;
  const values =
    parameter.length > 0 || params !== undefined
      ? parameterValues(await readParameters(notebook), parameter, params)
      : {};
  const bar = new ProgressBar();
  const signal = onCtrlC();
  const result = await runNotebook(await injectParameters(notebook, values), {
    cwd: dirname(resolve(file)),
    timeout,
    kernelName,
    allowErrors,
    signal,
    onCell: (position, total) => bar.cell(position, total),
    onLine: (line) => bar.printed(line),
  }).finally(() => bar.end());
  return finish(file, options, result);
}

function outputOf(file: string, options: RunCommand): string {
  return options.output ?? join("out", basename(file));
}

/** Asked before the notebook runs, so that its work is not lost in the end. */
async function expectOutputs(file: string, options: RunCommand): Promise<void> {
  const { expectWritable } = await import("../notebook/atomic-write.js");
  const output = outputOf(file, options);
  expectWritable(output);
  if (options.html === undefined) return;
  expectWritable(options.html);
  if (resolve(options.html) === resolve(output)) {
    throw new InputError(`${output}: is named for the notebook and for the page; name two files`);
  }
}

async function finish(file: string, options: RunCommand, result: RunResult): Promise<number> {
  const { notebook, failure } = result;
  const tell = options.json ? (report: object) => console.log(JSON.stringify(report)) : () => {};
  if (failure?.ename === "InputError" && !showsBefore(notebook, failure)) {
    console.error(failure.evalue);
    tell({ status: "invalid", notebook: file, message: failure.evalue });
    return 2;
  }
  if (failure !== undefined) console.error(describeFailure(notebook, failure));
  const output = outputOf(file, options);
  await keep(output, notebook);
  if (options.html !== undefined) {
    const { atomicWrite } = await import("../notebook/atomic-write.js");
    const { reportHtml } = await import("../notebook/report.js");
    atomicWrite(options.html, reportHtml(notebook, basename(file, extname(file))));
  }
  const paths = [output, options.html].filter((path) => path !== undefined);
  const { summaryOf } = await import("./summary.js");
  if (failure === undefined && !options.json) console.log(`${summaryOf(notebook)}\n`.trimStart());
  if (!options.json) for (const path of paths) console.log(shortPath(path));
  const status =
    failure === undefined ? "ok" : failure.reason === "interrupted" ? "interrupted" : "failed";
  tell({
    status,
    notebook: file,
    output,
    html: options.html,
    failure,
    summary: summaryOf(notebook),
  });
  return failure === undefined ? 0 : failure.reason === "interrupted" ? 130 : 1;
}

/** Writes the notebook; where that fails, the outputs of the run are kept in the temporary folder. */
async function keep(output: string, notebook: Notebook): Promise<void> {
  const { writeNotebook } = await import("../notebook/write-notebook.js");
  try {
    writeNotebook(output, notebook);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    let spare = "";
    try {
      spare = join(mkdtempSync(join(tmpdir(), "retro-")), basename(output));
      writeNotebook(spare, notebook);
    } catch {
      if (spare) rmSync(dirname(spare), { recursive: true });
      throw error;
    }
    throw new InputError(`${error.message}; the notebook with its outputs is ${spare}`);
  }
}

/** Whether a cell before the one that failed has outputs, which are worth a file. */
function showsBefore({ cells }: Notebook, { cellId }: Failure): boolean {
  const failed = cells.findIndex(({ id }) => id === cellId);
  return cells.slice(0, failed).some((one) => one.cell_type === "code" && one.outputs.length > 0);
}

/** The traceback as the cell shows it, and which cell it was. */
function describeFailure(notebook: Notebook, failure: Failure): string {
  const { position, cellId, ename, evalue, reason } = failure;
  const where = `cell ${position} (${cellId})`;
  if (reason === "interrupted") return `interrupted in ${where}; what ran before is kept`;
  const cell = notebook.cells.find(({ id }) => id === cellId) as CodeCell | undefined;
  const error = cell?.outputs.findLast((output) => output.output_type === "error");
  const traceback = error?.traceback.join("\n") ?? `${ename}: ${evalue}`;
  return `${where} failed:\n${process.stderr.isTTY ? traceback : stripVTControlCharacters(traceback)}`;
}

function collect(word: string, before: string[] = []): string[] {
  return [...before, word];
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return value;
}

function shortPath(path: string): string {
  const short = relative("", path);
  return short.startsWith("..") ? resolve(path) : short;
}
