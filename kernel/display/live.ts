import { critical, signal } from "../extension/cooperation.js";
import { InputError } from "../extension/input-error.js";
import { type DisplayHandle, display } from "./display.js";
import { asShown } from "./shown.js";
import { inTerminal, sink } from "./sink.js";

/** An output that follows a value. */
export interface Live<T> {
  /** Takes the next value; shown at once, or as soon as the rate allows it. */
  update(value: T): void;
  /** Shows the last value for good; later updates are ignored. */
  end(): void;
}

/** Marks a state that another will replace: nobody draws a picture of it for the saved file. */
const PASSING = { retro: { live: true } };

/**
 * A chart, table or text that changes in place, at most `maxPerSecond` times a second however often
 * it is fed; the latest value wins, and the others are never rendered.
 *
 * The last state is always shown before the cell is idle, and stays in the saved file; timers may
 * feed it after that. An interrupt ends it. In a terminal only states that stay for a while are
 * printed.
 *
 * @example
 * const losses: number[] = [];
 * const chart = live(vl.line(losses));
 * for await (const { loss } of training) {
 *   losses.push(loss);
 *   chart.update(vl.line(losses));
 * }
 */
export function live<T>(
  initial?: T,
  { maxPerSecond = 10 }: { maxPerSecond?: number } = {},
): Live<T> {
  if (!(maxPerSecond > 0)) {
    throw new InputError(`live: maxPerSecond must be above 0, not ${maxPerSecond}`);
  }
  const interval = 1000 / maxPerSecond;
  let latest: T | undefined;
  let handle: DisplayHandle | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  let unsent = false;
  let ended = false;
  /** Set from an update until none has come for an interval. */
  let settle: (() => void) | undefined;

  const rest = () => sentAt + interval - performance.now();

  const send = (metadata?: typeof PASSING) => {
    unsent = false;
    sentAt = performance.now();
    if (metadata && inTerminal()) return;
    if (handle) handle.update(latest, { metadata });
    else {
      const show = () => {
        handle = display(latest, { metadata });
      };
      // Torn here by an interrupt, it would stand in the notebook twice.
      if (metadata) critical(show);
      else show();
    }
  };

  const watch = () => {
    const cell = signal();
    let timer: NodeJS.Timeout;
    const tick = () => {
      if (rest() <= 0) {
        if (!unsent) return settle?.();
        send(PASSING);
      }
      timer = setTimeout(tick, rest());
    };
    const settleOnce = () => {
      if (settle !== settleOnce) return;
      settle = undefined;
      clearTimeout(timer);
      cell.removeEventListener("abort", end);
      send();
    };
    settle = settleOnce;
    sink().atEnd(settleOnce);
    cell.addEventListener("abort", end, { once: true });
    timer = setTimeout(tick, rest());
  };

  const update = (value: T) => {
    ended ||= signal().aborted;
    if (ended) return;
    latest = value;
    unsent = true;
    // A loop without an await lets no timer run.
    if (rest() <= 0) send(PASSING);
    if (!settle) watch();
  };

  const end = () => {
    ended = true;
    settle?.();
  };

  if (initial !== undefined) update(initial);
  return asShown({ update, end });
}
