import { Session } from "node:inspector";
import { setTimeout as sleep } from "node:timers/promises";
import { Slot, type ToMain } from "../runtime/bridge.js";

/** A main thread that answers within this time is not stuck, and nothing needs to be torn. */
const PATIENCE_MS = 5;
const CRITICAL_MS = 250;
const AGAIN_MS = 50;
const GIVE_UP_MS = 5_000;

/**
 * Stops whatever the main thread does, state kept.
 *
 * First the flag, then a polite message; only a thread too busy to read it is terminated, and not
 * while it is inside `critical`, unless that takes longer than 250 ms.
 */
export class Interrupter {
  private readonly session = new Session();
  private connected = false;
  private tickets = 0;

  constructor(
    private readonly control: Int32Array,
    private readonly post: (message: ToMain) => void,
  ) {}

  /** True when the main thread has come to rest. */
  async interrupt(): Promise<boolean> {
    const ticket = ++this.tickets;
    const start = performance.now();
    const elapsed = () => performance.now() - start;
    const answered = () => Atomics.load(this.control, Slot.ticket) >= ticket;
    const rest = async (until: number) => {
      while (!answered() && elapsed() < until) await sleep(1);
      return answered();
    };
    Atomics.store(this.control, Slot.interrupt, 1);
    this.post({ type: "interrupt", ticket });
    if (await rest(PATIENCE_MS)) return true;
    while (
      Atomics.load(this.control, Slot.critical) > 0 &&
      elapsed() < CRITICAL_MS &&
      !answered()
    ) {
      await sleep(1);
    }
    while (!answered() && elapsed() < GIVE_UP_MS) {
      this.terminate();
      this.post({ type: "interrupt", ticket });
      await rest(elapsed() + AGAIN_MS);
    }
    return answered();
  }

  /** Ends the JavaScript that runs on the main thread. Its answer never wakes this thread. */
  terminate(): void {
    if (!this.connected) {
      this.session.connectToMainThread();
      this.connected = true;
    }
    this.session.post("Runtime.evaluate", { expression: "__retro__.unwind()", silent: true });
    this.session.post("Runtime.terminateExecution");
  }
}
