import type { Message } from "../protocol/message.js";
import type { CellRun } from "../runtime/bridge.js";

const KEEP = 2_000;

/** Which request started which run, so that late output finds its cell and stdin its front end. */
export class Runs {
  private readonly requests = new Map<CellRun, Message>();
  private next: CellRun = 1;

  start(request: Message): CellRun {
    const run = this.next++;
    this.requests.set(run, { ...request, metadata: {}, content: {}, buffers: [] });
    this.requests.delete(run - KEEP);
    return run;
  }

  request(run: CellRun): Message | undefined {
    return this.requests.get(run);
  }
}
