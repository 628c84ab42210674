import { setTimeout as sleep } from "node:timers/promises";

const TIMES = 200;
/** A user who ran no cell for so long is not in a hurry. */
const QUIET_MS = 300;

/**
 * Does what every cell needs a few hundred times while no cell runs: V8 compiles well what runs often.
 *
 * The first time is at once, so that what it loads is there for the first cell.
 */
export async function warmUp(
  isBusy: () => boolean,
  step: (n: number) => Promise<unknown>,
): Promise<void> {
  for (let n = 0; n < TIMES; n++) {
    await step(n);
    do await sleep(n === 0 || isBusy() ? QUIET_MS : 1);
    while (isBusy());
  }
}
