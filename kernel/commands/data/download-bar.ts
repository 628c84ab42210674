import type { WriteStream } from "node:tty";
import { barText } from "../../display/progress-bar.js";

/** Milliseconds between two states of the line. */
const INTERVAL = 100;

/** How far a file is: one live line on a terminal, nothing elsewhere. */
export class DownloadBar {
  #started = performance.now();
  #shown = 0;

  constructor(
    readonly name: string,
    readonly stream: WriteStream = process.stderr,
  ) {}

  /** So many bytes are there, of so many if that is known. */
  show(done: number, total: number | undefined): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.#shown < INTERVAL) return;
    this.#shown = now;
    const [unit, size] = (total ?? done) < 1e7 ? ["kB", 1e3] : ["MB", 1e6];
    const line = barText({
      done: Math.round(done / size),
      total: total === undefined ? undefined : Math.round(total / size),
      label: `${this.name}, ${unit}`,
      phase: { kind: "running", rate: (done / size / (now - this.#started)) * 1000 },
    });
    const width = (this.stream.columns || 80) - 1;
    this.stream.write(`\r${[...line].slice(0, width).join("")}\u001b[K`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown > 0) this.stream.write("\r\u001b[K");
  }
}
