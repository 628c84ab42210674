import { types } from "node:util";
import { signal } from "../extension/cooperation.js";
import { sink } from "./sink.js";

/** The output still being made, for each running cell; the next one waits for it. */
const turns = new WeakMap<AbortSignal, Promise<void>>();

/**
 * Sends an output at once when it is ready and nothing is before it; otherwise in its turn, and the
 * running cell waits for it.
 */
export function emit<T>(output: T | Promise<T>, send: (output: T) => void): void {
  const cell = signal();
  const before = turns.get(cell);
  if (before === undefined && !types.isPromise(output)) {
    send(output);
    return;
  }
  const turn = (async () => {
    const [ready] = await Promise.all([output, before]);
    send(ready);
  })().finally(() => {
    if (turns.get(cell) === turn) turns.delete(cell);
  });
  turns.set(cell, turn);
  sink().pending(turn);
}
