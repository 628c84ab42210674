/** Something frames can be sent on; one send may be in flight at a time. */
export interface Sender {
  send(frames: Uint8Array[]): Promise<void>;
}

/** Sends frames over one socket in the order they were given, also those that are still being made. */
export class Outbox {
  /** Bytes that wait for the socket. */
  backlog = 0;
  /** Messages that a reader did not take in time. */
  dropped = 0;
  private readonly waiting: (Uint8Array[] | Promise<Uint8Array[]>)[] = [];
  private pumping: Promise<void> | undefined;
  private waits = false;

  constructor(
    private readonly socket: Sender,
    private readonly onDrained: () => void = () => {},
  ) {}

  push(frames: Uint8Array[] | Promise<Uint8Array[]>): void {
    if (Array.isArray(frames)) this.backlog += bytes(frames);
    this.waiting.push(frames);
    if (!this.waits) this.send();
  }

  /**
   * What `push` pushes is sent with what comes next, or in a millisecond: messages that leave together
   * wake the sockets' own thread once.
   */
  withNext(push: () => void): void {
    this.waits = true;
    push();
    this.waits = false;
    setTimeout(() => this.send(), 1);
  }

  private send(): void {
    if (this.waiting.length > 0) this.pumping ??= this.pump();
  }

  /** Resolves when everything pushed so far was handed to the socket. */
  async flushed(): Promise<void> {
    this.send();
    await this.pumping;
  }

  private async pump(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const early = Array.isArray(next);
      try {
        const frames = await next;
        if (early) this.backlog -= bytes(frames);
        await this.socket.send(frames);
      } catch {
        this.dropped++;
      }
    }
    this.pumping = undefined;
    this.onDrained();
  }
}

function bytes(frames: Uint8Array[]): number {
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}
