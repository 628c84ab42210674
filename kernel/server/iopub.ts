import { setTimeout as sleep } from "node:timers/promises";
import type { XPublisher } from "zeromq";
import type { Rendered } from "../display/mimebundle.js";
import type { Header } from "../protocol/message.js";
import type { ChartImages } from "./chart-images.js";
import { Outbox } from "./outbox.js";
import type { Extras, Session } from "./session.js";

/** Prints are gathered for so long, so that many lines travel in few messages. */
const GATHER_MS = 8;
const GATHER_BYTES = 512 * 1024;
/** A front end that takes nothing for so long is stuck: until it takes something, nothing waits for it. */
const PATIENCE_MS = 30_000;
const MOST_SLEEP_MS = 20;

type StreamName = "stdout" | "stderr";

/** The channel on which every front end sees what the kernel does, in order. */
export class IOPub {
  private readonly outbox: Outbox;
  private gathered: { name: StreamName; parent: Header | undefined; text: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private opening: (() => void) | undefined;
  private latest: Header | undefined;
  private patience: number;

  constructor(
    private readonly socket: XPublisher,
    private readonly session: Session,
    private readonly images: ChartImages,
    onDrained: () => void,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.patience = patienceMs;
    this.outbox = new Outbox(
      {
        send: async (frames) => {
          await this.patiently(frames);
          if (this.outbox.dropped > 0) this.sayDropped();
        },
      },
      onDrained,
    );
  }

  /** Bytes that no socket took yet. */
  get backlog(): number {
    return this.outbox.backlog + (this.gathered?.text.length ?? 0);
  }

  /** Greets each subscriber, as a client that waits for `iopub_welcome` expects. */
  async welcome(): Promise<void> {
    for await (const [frame] of this.socket) {
      if (frame?.[0] !== 1) continue;
      const topic = frame.subarray(1);
      const header = this.session.header("iopub_welcome");
      const content = { subscription: topic.toString("utf8") };
      this.outbox.push(this.session.frames(header, content, undefined, { identities: [topic] }));
    }
  }

  /** What `publish` publishes is made in the next turn of the event loop, or before anything else. */
  soon(publish: () => void): void {
    this.opening = publish;
    setImmediate(() => this.open());
  }

  private open(): void {
    const publish = this.opening;
    this.opening = undefined;
    if (publish) this.outbox.withNext(publish);
  }

  publish(type: string, content: object, parent: Header | undefined, extras: Extras = {}): void {
    this.flushStream();
    this.outbox.push(this.make(type, content, parent, extras));
  }

  status(state: "starting" | "busy" | "idle", parent: Header | undefined): void {
    this.publish("status", { execution_state: state }, parent);
  }

  /** Text printed by a cell. */
  stream(name: StreamName, text: string, parent: Header | undefined): void {
    this.open();
    const same = this.gathered?.name === name && this.gathered.parent === parent;
    if (!same) this.flushStream();
    this.gathered ??= { name, parent, text: "" };
    this.gathered.text += text;
    if (this.gathered.text.length >= GATHER_BYTES) this.flushStream();
    else this.timer ??= setTimeout(() => this.flushStream(), GATHER_MS);
  }

  /** A mimebundle; a chart gets its picture on the way, later outputs wait for it. */
  bundle(
    type: "display_data" | "update_display_data" | "execute_result",
    rendered: Rendered,
    parent: Header | undefined,
    more: { displayId?: string | undefined; count?: number } = {},
  ): void {
    this.flushStream();
    const frames = ({ data, metadata = {} }: Rendered) =>
      this.make(
        type,
        {
          data,
          metadata,
          transient: more.displayId === undefined ? {} : { display_id: more.displayId },
          ...(more.count === undefined ? {} : { execution_count: more.count }),
        },
        parent,
        {},
      );
    const complete = this.images.complete(rendered);
    this.outbox.push(complete instanceof Promise ? complete.then(frames) : frames(complete));
  }

  /** Resolves when all that was published so far is with the sockets. */
  async flushed(): Promise<void> {
    this.flushStream();
    await this.outbox.flushed();
  }

  /** A publisher that drops nothing says that it is full, but not when it is so no longer. */
  private async patiently(frames: Uint8Array[]): Promise<void> {
    const start = performance.now();
    for (let pause = 1; ; pause = Math.min(2 * pause, MOST_SLEEP_MS)) {
      try {
        await this.socket.send(frames);
        this.patience = this.patienceMs;
        return;
      } catch (error) {
        const isFull = (error as NodeJS.ErrnoException).code === "EAGAIN";
        if (!isFull || performance.now() - start >= this.patience) {
          this.patience = 0;
          throw error;
        }
        await sleep(pause);
      }
    }
  }

  private flushStream(): void {
    this.open();
    clearTimeout(this.timer);
    this.timer = undefined;
    const gathered = this.gathered;
    if (!gathered) return;
    this.gathered = undefined;
    const { name, text, parent } = gathered;
    this.outbox.push(this.make("stream", { name, text }, parent, {}));
  }

  private sayDropped(): void {
    const text = `${this.outbox.dropped} messages were dropped: the front end took nothing for ${this.patienceMs / 1_000} s\n`;
    this.outbox.dropped = 0;
    this.stream("stderr", text, this.latest);
  }

  private make(type: string, content: object, parent: Header | undefined, extras: Extras) {
    this.latest = parent;
    const topic = Buffer.from(`kernel.${this.session.id}.${type}`);
    const header = this.session.header(type);
    return this.session.frames(header, content, parent, { identities: [topic], ...extras });
  }
}
