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
  private readonly record = new Uint8Array(HEADER + 3 * SLICE);
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
      this.append(this.record.subarray(0, HEADER + written));
      from = to;
    }
  }

  private append(record: Uint8Array): void {
    for (
      let tail = this.tail;
      CAPACITY - ((this.head - tail) >>> 0) < record.length;
      tail = this.tail
    ) {
      this.wakeReader();
      Atomics.wait(this.control, Position.tail, tail | 0, 1_000);
    }
    const { head } = this;
    this.copyIn(head, record);
    Atomics.store(this.control, Position.head, (head + record.length) | 0);
    this.wakeReader();
  }

  private wakeReader(): void {
    if (Atomics.load(this.control, Position.asleep) === 0) return;
    if (Atomics.exchange(this.control, Position.asleep, 0) === 1) this.wake();
  }

  /** All records up to `limit` (a value of `head`), or all there are; the writer goes on. */
  read(limit = this.head): RingRecord[] {
    const records: RingRecord[] = [];
    let tail = this.tail;
    // A limit behind the tail, already read past, wraps to more than the ring holds.
    for (
      let left = (limit - tail) >>> 0;
      left > 0 && left <= CAPACITY;
      left = (limit - tail) >>> 0
    ) {
      const header = this.copyOut(tail, HEADER);
      const view = new DataView(header.buffer);
      const length = view.getUint32(8);
      records.push({
        kind: view.getUint32(0) as Kind,
        run: view.getUint32(4),
        bytes: this.copyOut((tail + HEADER) >>> 0, length),
      });
      tail = (tail + HEADER + length) >>> 0;
    }
    Atomics.store(this.control, Position.tail, tail | 0);
    Atomics.notify(this.control, Position.tail);
    return records;
  }

  /** The reader says that it sleeps until woken; false when there is something to read after all. */
  sleep(): boolean {
    Atomics.store(this.control, Position.asleep, 1);
    return this.head === this.tail;
  }

  private copyIn(position: number, source: Uint8Array): void {
    const at = position % CAPACITY;
    const first = Math.min(source.length, CAPACITY - at);
    this.bytes.set(source.subarray(0, first), at);
    this.bytes.set(source.subarray(first), 0);
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
