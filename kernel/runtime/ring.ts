/** What a record of the ring holds: text for a stream, or how far the captured files had grown. */
export const Kind = { stdout: 0, stderr: 1, captured: 2 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export interface RingRecord {
  kind: Kind;
  run: number;
  bytes: Uint8Array;
}

const HEADER = 12;
const CAPACITY = 1 << 20;
const SLICE = 1 << 15;
const Position = { head: 0, tail: 1, asleep: 2 } as const;
const CONTROL_BYTES = 16;

/**
 * A ring of bytes between the main thread, which writes printed text, and the protocol thread,
 * which reads it. Printing costs one copy; when the reader falls behind the writer waits, so
 * nothing is lost and memory stays bounded. Positions count bytes and wrap at 2^32.
 */
export class Ring {
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(CONTROL_BYTES + CAPACITY);
  }

  private readonly control: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly encoder = new TextEncoder();
  /** One record on its way in: header and payload. */
  private readonly record = Buffer.from(new ArrayBuffer(HEADER + 3 * SLICE));
  private readonly header = new DataView(this.record.buffer, 0, HEADER);
  private readonly payload = this.record.subarray(HEADER);

  constructor(
    memory: SharedArrayBuffer,
    /** Called by the writer when the reader sleeps. */
    private readonly wake: () => void = () => {},
  ) {
    this.control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
    this.bytes = new Uint8Array(memory, CONTROL_BYTES, CAPACITY);
  }

  /** Where the next record goes. */
  get head(): number {
    return Atomics.load(this.control, Position.head) >>> 0;
  }

  private get tail(): number {
    return Atomics.load(this.control, Position.tail) >>> 0;
  }

  /** Appends text; waits while the ring is full. */
  write(kind: Kind, run: number, text: string): void {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(text.length, from + SLICE);
      const last = text.charCodeAt(to - 1);
      if (to < text.length && last >= 0xd800 && last < 0xdc00) to--;
      const { written } = this.encoder.encodeInto(text.slice(from, to), this.payload);
      this.header.setUint32(0, kind);
      this.header.setUint32(4, run);
      this.header.setUint32(8, written);
      this.append(HEADER + written);
      from = to;
    }
  }

  private append(length: number): void {
    for (let tail = this.tail; CAPACITY - ((this.head - tail) >>> 0) < length; tail = this.tail) {
      this.wakeReader();
      Atomics.wait(this.control, Position.tail, tail | 0, 1_000);
    }
    const { head } = this;
    this.copyIn(head, length);
    Atomics.store(this.control, Position.head, (head + length) | 0);
    this.wakeReader();
  }

  private wakeReader(): void {
    if (Atomics.load(this.control, Position.asleep) === 0) return;
    if (Atomics.exchange(this.control, Position.asleep, 0) === 1) this.wake();
  }

  /**
   * All there is up to `limit` (a value of `head`); the writer goes on. What a cell wrote to a stream
   * in one go is one record, however many writes it took.
   */
  read(limit = this.head): RingRecord[] {
    const { tail } = this;
    const length = (limit - tail) >>> 0;
    // A limit behind the tail, already read past, wraps to more than the ring holds.
    if (length === 0 || length > CAPACITY) return [];
    const records = recordsIn(this.copyOut(tail, length));
    Atomics.store(this.control, Position.tail, limit | 0);
    Atomics.notify(this.control, Position.tail);
    return records;
  }

  /** The reader says that it sleeps until woken; false when there is something to read after all. */
  sleep(): boolean {
    Atomics.store(this.control, Position.asleep, 1);
    return this.head === this.tail;
  }

  private copyIn(position: number, length: number): void {
    const at = position % CAPACITY;
    const first = Math.min(length, CAPACITY - at);
    this.record.copy(this.bytes, at, 0, first);
    this.record.copy(this.bytes, 0, first, length);
  }

  private copyOut(position: number, length: number): Uint8Array {
    const at = position % CAPACITY;
    const out = new Uint8Array(length);
    const first = Math.min(length, CAPACITY - at);
    out.set(this.bytes.subarray(at, at + first));
    out.set(this.bytes.subarray(0, length - first), first);
    return out;
  }
}

/** Payloads that belong together move together, over the headers between them. */
function recordsIn(bytes: Uint8Array): RingRecord[] {
  const view = new DataView(bytes.buffer);
  const records: RingRecord[] = [];
  let [kind, run, from, to]: [kind: Kind, run: number, from: number, to: number] = [0, 0, 0, 0];
  const end = () => to > from && records.push({ kind, run, bytes: bytes.subarray(from, to) });
  for (let at = 0; at < bytes.length; ) {
    const start = at + HEADER;
    const nextKind = view.getUint32(at) as Kind;
    const nextRun = view.getUint32(at + 4);
    at = start + view.getUint32(at + 8);
    if (nextKind !== kind || nextRun !== run || kind === Kind.captured) {
      end();
      [kind, run, from, to] = [nextKind, nextRun, start, start];
    }
    bytes.copyWithin(to, start, at);
    to += at - start;
  }
  end();
  return records;
}
