import { setTimeout as delay } from "node:timers/promises";
import { checkMode, NOTEBOOK_CHECK } from "../server/check-mode.js";
import { CellOutputs } from "./cell-outputs.js";
import { type ExecuteReply, KernelClient, type Listener } from "./client.js";
import { KernelDied } from "./kernel-process.js";
import type { Kernelspec } from "./kernelspec.js";
import {
  type Cell,
  type CodeCell,
  hasTag,
  type Notebook,
  type NotebookMetadata,
} from "./nbformat.js";

/** What the runner needs of a kernel. */
export interface Kernel {
  execute(code: string, cellId: string, listener: Listener): Promise<ExecuteReply>;
  interrupt(): void;
}

export interface RunOptions {
  /** Instead of the kernel that the notebook names. */
  kernelName?: string;
  /** Where the kernel runs; relative files and packages are found from here. */
  cwd: string;
  /** Seconds a cell may take; without it, any time. */
  timeout?: number;
  /** Go on after a cell that fails. */
  allowErrors?: boolean;
  /** Aborted by Ctrl-C: the running cell is interrupted and the notebook ends there. */
  signal?: AbortSignal;
  /** Told when a cell starts: its position among the code cells, from 1. */
  onCell?: (position: number, total: number) => void;
  /** Told the last line that the running cell printed. */
  onLine?: (line: string) => void;
}

/** Why a notebook did not run to its end. */
export interface Failure {
  /** `raised`: a cell threw. `silent`: one that had to throw did not. */
  reason: "raised" | "silent" | "timeout" | "died" | "interrupted";
  /** Position among the code cells, from 1. */
  position: number;
  cellId: string;
  ename: string;
  evalue: string;
}

export interface RunResult {
  /** The notebook with what ran; the outputs of cells that did not run are gone. */
  notebook: Notebook;
  failure?: Failure;
}

/**
 * Runs a notebook in a kernel of its own; the given notebook is left as it is.
 *
 * @throws InputError when its metadata asks for a check there is not, or its kernel is not there.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<RunResult> {
  const name = options.kernelName ?? notebook.metadata.kernelspec?.name ?? "retro";
  const kernel = await KernelClient.start(name, options.cwd, environment(notebook.metadata));
  try {
    const result = await runCells(notebook, kernel, options);
    const metadata = describeKernel(notebook.metadata, name, kernel);
    return { ...result, notebook: { ...result.notebook, metadata } };
  } finally {
    await kernel.shutdown();
  }
}

/** What a notebook asks of its kernel; the environment of the run goes first. */
function environment({ retro }: NotebookMetadata): Record<string, string> {
  if (retro?.check === undefined) return {};
  return { RETRO_CHECK: checkMode(retro.check, NOTEBOOK_CHECK) };
}

/** Runs the cells of a notebook, in order, in a kernel that has been started. */
export async function runCells(
  notebook: Notebook,
  kernel: Kernel,
  options: RunOptions,
): Promise<RunResult> {
  const cells = notebook.cells.map(fresh);
  const code = cells.filter((cell) => cell.cell_type === "code");
  const outputs = new CellOutputs();
  let failure: Failure | undefined;
  for (const [index, cell] of code.entries()) {
    if (hasTag(cell, "skip-execution") || cell.source.trim() === "") continue;
    options.onCell?.(index + 1, code.length);
    const ended = options.signal?.aborted ? STOPPED : await runCell(cell, kernel, outputs, options);
    if (ended === undefined) continue;
    failure = { ...ended, position: index + 1, cellId: cell.id };
    if (ended.reason !== "raised" || !options.allowErrors) break;
    failure = undefined;
  }
  const result = { notebook: { ...notebook, cells } };
  return failure === undefined ? result : { ...result, failure };
}

type Ended = Pick<Failure, "reason" | "ename" | "evalue">;

const STOPPED: Ended = { reason: "interrupted", ename: "Interrupted", evalue: "" };

async function runCell(
  cell: CodeCell,
  kernel: Kernel,
  outputs: CellOutputs,
  options: RunOptions,
): Promise<Ended | undefined> {
  const collect = outputs.into(cell);
  const listener: Listener = (message) => {
    collect(message);
    const { text } = message.content;
    const line = message.header.msg_type === "stream" && lastLine(String(text));
    if (line) options.onLine?.(line);
  };
  const watch = new Watch(kernel, options);
  try {
    const reply = await Promise.race([kernel.execute(cell.source, cell.id, listener), watch.lost]);
    if (reply.execution_count !== undefined) cell.execution_count = reply.execution_count;
    const ended = judge(cell, reply, watch.reason, options.timeout);
    if (ended?.reason === "silent" || ended?.reason === "timeout") addError(cell, ended);
    return ended;
  } catch (error) {
    if (!(error instanceof KernelDied)) throw error;
    const reason = watch.reason ?? "died";
    const ended: Ended = { reason, ename: error.name, evalue: error.message };
    addError(cell, ended);
    return ended;
  } finally {
    watch.end();
  }
}

/** Interrupts a cell that takes too long or that nobody wants any more, and gives up after 5 s. */
class Watch {
  reason: "timeout" | "interrupted" | undefined;
  /** Rejects when the cell runs on after it was interrupted. */
  readonly lost: Promise<never>;
  #lose: (error: Error) => void = () => {};
  readonly #over = new AbortController();
  readonly #abort = () => this.#interrupt("interrupted");

  constructor(
    readonly kernel: Kernel,
    readonly options: RunOptions,
  ) {
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    this.lost.catch(() => {});
    options.signal?.addEventListener("abort", this.#abort);
    if (options.timeout) this.#after(options.timeout, () => this.#interrupt("timeout"));
  }

  end(): void {
    this.#over.abort();
    this.options.signal?.removeEventListener("abort", this.#abort);
  }

  #interrupt(reason: "timeout" | "interrupted"): void {
    this.reason ??= reason;
    this.kernel.interrupt();
    const message = "the cell did not stop when it was interrupted, so its kernel was ended";
    this.#after(5, () => this.#lose(new KernelDied(message)));
  }

  #after(seconds: number, act: () => void): void {
    delay(seconds * 1000, undefined, { signal: this.#over.signal }).then(act, () => {});
  }
}

function judge(
  cell: CodeCell,
  reply: ExecuteReply,
  stopped: Watch["reason"],
  timeout: number | undefined,
): Ended | undefined {
  const { ename = "Error", evalue = "" } = reply;
  if (stopped === "interrupted") return { reason: stopped, ename, evalue };
  if (stopped === "timeout") {
    return {
      reason: stopped,
      ename: "CellTimeout",
      evalue: `the cell took longer than ${timeout} s`,
    };
  }
  if (hasTag(cell, "raises-exception")) {
    if (reply.status === "error") return undefined;
    const evalue = "the cell is tagged raises-exception, but nothing was raised";
    return { reason: "silent", ename: "NothingRaised", evalue };
  }
  return reply.status === "ok" ? undefined : { reason: "raised", ename, evalue };
}

/** A copy without the traces of an earlier run; what is not to be run keeps its outputs. */
function fresh(cell: Cell): Cell {
  if (cell.cell_type !== "code" || hasTag(cell, "skip-execution")) return cell;
  const { execution, ...rest } = cell.metadata;
  const metadata = execution === undefined ? cell.metadata : rest;
  return { ...cell, metadata, execution_count: null, outputs: [] };
}

function describeKernel(
  metadata: NotebookMetadata,
  name: string,
  kernel: { spec: Kernelspec; languageInfo: { name: string } },
): NotebookMetadata {
  const { display_name, language } = kernel.spec;
  const kept = metadata.kernelspec?.name === name ? metadata.kernelspec : undefined;
  return {
    ...metadata,
    kernelspec: kept ?? { display_name, language, name },
    language_info: kernel.languageInfo,
  };
}

function addError(cell: CodeCell, { ename, evalue }: Ended): void {
  const traceback = [`${ename}: ${evalue}`];
  cell.outputs.push({ ename, evalue, output_type: "error", traceback });
}

function lastLine(text: string): string {
  return (
    text
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1)
      ?.trim() ?? ""
  );
}
