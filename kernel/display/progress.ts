import { signal } from "../extension/cooperation.js";
import { InputError } from "../extension/input-error.js";
import { type DisplayHandle, display } from "./display.js";
import type { MimeBundle } from "./mimebundle.js";
import { type BarState, barHtml, barText } from "./progress-bar.js";
import { inTerminal } from "./sink.js";

export interface ProgressOptions {
  /** Items there will be; known by itself for arrays, sets and maps. */
  total?: number;
  /** Stands before the bar. */
  label?: string;
}

/** Milliseconds between two states of the bar. */
const INTERVAL = 100;

/**
 * Hands the items on and shows how far it is: items done, rate, time left.
 *
 * In a notebook the bar changes in place, at most ten times a second; in a terminal it is a line of
 * stderr. Its last state has the count and no times. An interrupt ends the loop as it ends any other.
 *
 * @example
 * for (const epoch of progress(range(0, 100), { label: "training" })) step(epoch);
 */
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T, void>;
export function progress<T>(
  items: AsyncIterable<T>,
  options?: ProgressOptions,
): AsyncGenerator<T, void>;
export function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  { total = sizeOf(items), label = "" }: ProgressOptions = {},
): Generator<T, void> | AsyncGenerator<T, void> {
  if (typeof items !== "object" && typeof items !== "string") {
    throw new InputError(`progress takes something to go through, such as an array, not ${items}`);
  }
  const bar = new Bar(total, label);
  return Symbol.asyncIterator in items ? overAsync(items, bar) : over(items, bar);
}

function* over<T>(items: Iterable<T>, bar: Bar): Generator<T, void> {
  bar.start();
  try {
    for (const item of items) {
      yield item;
      bar.step();
    }
    bar.complete();
  } finally {
    bar.end();
  }
}

async function* overAsync<T>(items: AsyncIterable<T>, bar: Bar): AsyncGenerator<T, void> {
  bar.start();
  try {
    for await (const item of items) {
      yield item;
      bar.step();
    }
    bar.complete();
  } finally {
    bar.end();
  }
}

class Bar {
  private done = 0;
  private completed = false;
  private ended = false;
  private startedAt = 0;
  private shownAt = 0;
  private handle: DisplayHandle<MimeBundle> | undefined;
  private cell: AbortSignal | undefined;

  constructor(
    private readonly total: number | undefined,
    private readonly label: string,
  ) {}

  start(): void {
    this.startedAt = performance.now();
    this.shownAt = this.startedAt;
    // A terminated loop runs no `finally`.
    this.cell = signal();
    this.cell.addEventListener("abort", this.end, { once: true });
    this.show({ kind: "running", rate: undefined });
  }

  step(): void {
    this.done++;
    const now = performance.now();
    if (now - this.shownAt < INTERVAL) return;
    this.shownAt = now;
    this.show({ kind: "running", rate: (this.done * 1000) / (now - this.startedAt) });
  }

  complete(): void {
    this.completed = true;
  }

  readonly end = (): void => {
    if (this.ended) return;
    this.ended = true;
    this.cell?.removeEventListener("abort", this.end);
    this.show({ kind: this.completed ? "done" : "stopped" });
  };

  private show(phase: BarState["phase"]): void {
    const { done, total, label } = this;
    const state: BarState = { done, total, label, phase };
    const text = barText(state);
    const data = { "text/plain": text, "text/html": barHtml(state) };
    if (inTerminal()) this.print(text, phase.kind !== "running");
    else if (this.handle) this.handle.update(data);
    else this.handle = display.raw(data);
  }

  private print(text: string, last: boolean): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}${last ? "\n" : ""}`);
    else if (last) process.stderr.write(`${text}\n`);
  }
}

function sizeOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((known) => typeof known === "number");
}
