import process from "node:process";
import { setImmediate as nextTurn } from "node:timers/promises";
import { types } from "node:util";
import { grouped } from "../../display/text.js";
import type { Magic } from "../../extension/contract.js";
import { signal } from "../../extension/cooperation.js";
import { didYouMean, InputError } from "../../extension/input-error.js";
import { duration } from "./duration.js";

/** `%timeit`: the code stays code of the cell, as a function that `repeat` calls. */
export const timeit: Magic = {
  doc: "Runs code many times, or with %%timeit the cell, and prints how long one time takes.",
  usage: "[-n loops] [-r runs] code",
  values: ["-n", "-r"],
  run: (_, body) => {
    throw new InputError(
      body === undefined
        ? "%timeit needs code after it, as in %timeit -r 3 score(rows)"
        : "%%timeit takes only -n and -r in the first line, and the code to time under it",
    );
  },
};

type Body = () => unknown;
/** Calls a function `n` times; milliseconds. */
type Measure = (body: Body, n: number) => number | Promise<number>;

const RUNS = 7;
/** Slow code is run less often, but so often. */
const FEWEST = 3;
const RUN_MS = 200;
const WARM_MS = 100;
const MOST_MS = 2_000;

/**
 * Times code: after a warm-up, which also finds out how many loops take 0.2 s, seven runs of them.
 *
 * @param options `-n 100 -r 3`: loops and runs; given loops are taken without a warm-up
 * @param body awaited in each loop where it is an async function
 * @throws InputError for other options
 */
export async function repeat(options: string, body: Body): Promise<void> {
  const { n, r } = given(options);
  const measure: Measure = types.isAsyncFunction(body) ? repeatAsync : repeatSync;
  keepFromInlining();
  const loops = n ?? (await warmUp(measure, body));
  const start = performance.now();
  const times: number[] = [];
  while (times.length < (r ?? RUNS)) {
    if (!r && times.length >= FEWEST && performance.now() - start > MOST_MS) break;
    await pause();
    times.push((await measure(body, loops)) / loops);
  }
  delete kept.last;
  process.stdout.write(`${summary(times, loops)}\n`);
}

/** Where each result goes, so that no compiler may leave out the work. */
const kept: { last?: unknown } = {};

function repeatSync(body: Body, n: number): number {
  const start = performance.now();
  for (let i = 0; i < n; i++) kept.last = body();
  return performance.now() - start;
}

async function repeatAsync(body: Body, n: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < n; i++) kept.last = await body();
  return performance.now() - start;
}

/** V8 inlines what a place always calls, and then computes once what does not change. */
function keepFromInlining(): void {
  for (let round = 0; round < 4; round++) {
    for (const body of [() => 0, () => "", () => [], () => ({})]) repeatSync(body, 1_000);
  }
}

/** Runs code until it has taken a while; the number of loops that a run should have. */
async function warmUp(measure: Measure, body: Body): Promise<number> {
  for (let n = 1; ; ) {
    await pause();
    const ms = await measure(body, n);
    if (ms >= WARM_MS) return Math.max(1, twoDigits((n * RUN_MS) / ms));
    n = Math.ceil(Math.min(n * 10, (n * WARM_MS * 1.2) / ms));
  }
}

/** An interrupt comes in here, and ends all. */
async function pause(): Promise<void> {
  await nextTurn();
  signal().throwIfAborted();
}

function twoDigits(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.ceil(n / unit) * unit;
}

function given(options: string): { n?: number; r?: number } {
  const found: { n?: number; r?: number } = {};
  for (const [text, name = "", value] of options.matchAll(/--?([A-Za-z]+)[ \t]*=?(\d*)/g)) {
    if (name !== "n" && name !== "r") {
      const near = didYouMean(name, ["n", "r"]);
      throw new InputError(`%timeit has no option ${text.trim()}${near}; known: -n loops, -r runs`);
    }
    found[name] = Number(value);
    if (found[name] < 1) throw new InputError(`%timeit -${name} takes a number from 1 on`);
  }
  return found;
}

/** `1.23 µs ± 45 ns per loop (mean ± std. dev. of 7 runs, 100,000 loops each), best 1.19 µs` */
function summary(times: readonly number[], loops: number): string {
  const count = (n: number, noun: string) => `${grouped(n)} ${noun}${n === 1 ? "" : "s"}`;
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const variance = times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / times.length;
  const spread = `${duration(mean)} ± ${duration(Math.sqrt(variance))} per loop`;
  const basis = `mean ± std. dev. of ${count(times.length, "run")}, ${count(loops, "loop")} each`;
  return `${spread} (${basis}), best ${duration(Math.min(...times))}`;
}
