import process from "node:process";
import type { Magic } from "../../extension/contract.js";
import { InputError } from "../../extension/input-error.js";
import { currentCell } from "../cell.js";
import { duration } from "./duration.js";

/** `%time`: the code stays code of the cell, between `startClock` and `stopClock`. */
export const time: Magic = {
  doc: "Runs a statement, or with %%time the cell, and prints how long it took.",
  usage: "statement",
  run: (_, body) => {
    throw new InputError(
      body === undefined
        ? "%time needs a statement after it, as in %time train(model)"
        : "%%time stands alone in the first line, and the code to time under it",
    );
  },
};

const running: (() => void)[] = [];

/** Begins to time the cell's code, until `stopClock` or, failing that, the end of the cell. */
export function startClock(): void {
  const cell = currentCell();
  const stop = () => {
    const at = running.indexOf(stop);
    if (at < 0) return;
    running.splice(at, 1);
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const [all, own, kernel] = [user + system, user, system].map((us) => duration(us / 1_000));
    process.stdout.write(`CPU times: user ${own}, sys: ${kernel}, total: ${all}\n`);
    process.stdout.write(`Wall time: ${duration(wall)}\n`);
  };
  running.push(stop);
  cell.closing.push(stop);
  const cpu = process.cpuUsage();
  const start = performance.now();
}

/** Prints the time since the latest `startClock`. */
export function stopClock(): void {
  running.at(-1)?.();
}
