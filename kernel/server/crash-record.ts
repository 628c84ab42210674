import { getHeapStatistics } from "node:v8";
import {
  type CrashFile,
  removeCrashFile,
  sweepCrashFiles,
  writeCause,
  writeCell,
} from "../runtime/crash-file.js";
import type { RunningCell } from "../runtime/crash-report.js";

const LOOK_MS = 1_000;
const REST_MS = 50;
const LINE = 120;

/** Keeps written down which cell runs, and hands on what the last kernel died of. */
export class CrashRecord {
  private cell: RunningCell | undefined;
  private ending: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: CrashFile | undefined,
    private untold: string | undefined,
  ) {
    setInterval(() => {
      if (this.cell?.running) this.write({ ...this.cell, memory: process.memoryUsage.rss() });
    }, LOOK_MS).unref();
  }

  started(count: number, source: string): void {
    clearTimeout(this.ending);
    const line = /\S.*/.exec(source)?.[0].slice(0, LINE) ?? "";
    // This thread's own, which is the main thread's but for a few megabytes of young objects.
    const heapLimit = this.cell?.heapLimit ?? getHeapStatistics().heap_size_limit;
    this.write({ count, line, running: true, memory: 0, heapLimit });
  }

  /** Written down when no other cell follows at once. */
  ended(): void {
    this.ending = setTimeout(() => {
      if (this.cell) this.write({ ...this.cell, running: false });
    }, REST_MS);
  }

  /** The protocol thread itself is about to end, and the kernel with it. */
  failed({ message }: Error): void {
    if (this.file) writeCause(this.file, `the protocol thread failed: ${message}`);
  }

  /** What the last kernel died of, once. */
  tell(): string | undefined {
    const { untold } = this;
    this.untold = undefined;
    return untold;
  }

  /** Removes what earlier kernels left that nobody will ask for. */
  sweep(): void {
    if (this.file) sweepCrashFiles();
  }

  /** An orderly end needs no report; one that nobody has read is kept for the next kernel. */
  remove(): void {
    if (this.file && !this.untold) removeCrashFile(this.file);
  }

  private write(cell: RunningCell): void {
    this.cell = cell;
    if (this.file) writeCell(this.file, cell);
  }
}
