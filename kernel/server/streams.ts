import { fstatSync, ftruncateSync, readSync } from "node:fs";
import type { Header } from "../protocol/message.js";
import type { CellRun, ServerSetup } from "../runtime/bridge.js";
import { Kind, Ring } from "../runtime/ring.js";
import { CapturedDisk } from "./captured-disk.js";
import type { IOPub } from "./iopub.js";

/** Between two looks at the ring while a cell prints. */
const PAUSE_MS = 4;
/** How often the captured files are looked at. */
const LOOK_MS = 50;
/** Reading pauses while so many bytes wait for a slow front end; then the ring fills and cells wait. */
const BACKLOG = 4 << 20;
const TRUNCATE = 16 << 20;
const NAMES = { [Kind.stdout]: "stdout", [Kind.stderr]: "stderr" } as const;

/** Brings printed text from the main thread, and from descriptors 1 and 2, to iopub. */
export class Streams {
  private readonly ring: Ring;
  private readonly files: CapturedFile[];
  private readonly disk = new CapturedDisk();
  /** Whether the files had something in this cell. */
  private captured = false;
  private run: CellRun = 0;
  private reading: NodeJS.Timeout | undefined;

  constructor(
    setup: ServerSetup,
    private readonly iopub: IOPub,
    private readonly parentOf: (run: CellRun) => Header | undefined,
    /** Handles the messages that the main thread has posted so far. */
    private readonly arrivals: () => void,
  ) {
    this.ring = new Ring(setup.ring);
    const { captured } = setup;
    this.files = captured
      ? [new CapturedFile(captured.stdout, "stdout"), new CapturedFile(captured.stderr, "stderr")]
      : [];
    setInterval(() => this.look(), LOOK_MS).unref();
    this.ring.sleep();
  }

  /** True while a slow front end is so far behind that no more is read for it. */
  get held(): boolean {
    return this.iopub.backlog > BACKLOG;
  }

  /** What comes from native code belongs to this cell from now on. */
  started(run: CellRun): void {
    this.look();
    this.run = run;
  }

  /** Something was written, or the front end caught up: reads until nothing comes any more. */
  wake(): void {
    this.reading ??= setTimeout(() => this.pass(), 0);
  }

  private pass(): void {
    const read = !this.held && this.catchUp();
    // Staying awake for a while spares the writer a message for every line of a burst.
    const more = read || !this.ring.sleep();
    this.reading = more ? setTimeout(() => this.pass(), PAUSE_MS) : undefined;
  }

  /** Reads what there is; what was displayed between two prints appears between them. */
  private catchUp(): boolean {
    const limit = this.ring.head;
    this.arrivals();
    return this.read(limit);
  }

  /** Reads everything written before position `limit` of the ring; false when there was nothing. */
  read(limit?: number): boolean {
    const records = this.ring.read(limit);
    for (const { kind, run, bytes } of records) {
      if (kind === Kind.captured) {
        const sizes = Buffer.from(bytes).toString().split(" ").map(Number);
        for (const [n, file] of this.files.entries()) while (this.readFile(file, sizes[n]));
        continue;
      }
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
      this.iopub.stream(NAMES[kind], text, this.parentOf(run));
    }
    return records.length > 0;
  }

  /** Reads all that a cell left; after it, nothing of the cell is missing. */
  async finish(ring: number | undefined): Promise<void> {
    this.read(ring);
    if (this.files.length === 0) return;
    for (const file of this.files) {
      while (this.readFile(file, undefined)) {
        if (this.held) await this.iopub.flushed();
      }
    }
    const complaint = this.disk.look(this.captured);
    this.captured = false;
    if (complaint) this.iopub.stream("stderr", complaint, this.parentOf(this.run));
    for (const file of this.files) file.shrink(this.disk.full ? 1 : TRUNCATE);
  }

  private look(): void {
    if (this.held) return;
    // What was printed before is older than what the files have.
    this.catchUp();
    for (const file of this.files) while (!this.held && this.readFile(file, undefined));
  }

  private readFile(file: CapturedFile, limit: number | undefined): boolean {
    const text = file.read(limit);
    if (text === "") return false;
    this.captured = true;
    this.iopub.stream(file.name, text, this.parentOf(this.run));
    return true;
  }
}

/** A file that stands in the place of descriptor 1 or 2. */
class CapturedFile {
  private offset = 0;
  private readonly decoder = new TextDecoder();
  private readonly chunk = Buffer.alloc(1 << 18);

  constructor(
    private readonly fd: number,
    readonly name: "stdout" | "stderr",
  ) {}

  read(limit = Number.POSITIVE_INFINITY): string {
    const length = Math.min(limit, fstatSync(this.fd).size) - this.offset;
    if (length <= 0) return "";
    const n = readSync(this.fd, this.chunk, 0, Math.min(length, this.chunk.length), this.offset);
    this.offset += n;
    return this.decoder.decode(this.chunk.subarray(0, n), { stream: true });
  }

  /** Gives the disk back what was read; writers append, so they go on at the start. */
  shrink(least: number): void {
    if (this.offset < least || fstatSync(this.fd).size !== this.offset) return;
    ftruncateSync(this.fd, 0);
    this.offset = 0;
  }
}
