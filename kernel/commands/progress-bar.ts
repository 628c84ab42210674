import type { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";

/** How far a notebook is: one live line on a terminal, a line for each cell elsewhere. */
export class ProgressBar {
  #started = performance.now();
  #position = 0;
  #total = 0;
  #line = "";
  #ticking: NodeJS.Timeout | undefined;

  constructor(readonly stream: WriteStream = process.stderr) {}

  /** The next cell starts. */
  cell(position: number, total: number): void {
    this.#endCell();
    this.#position = position;
    this.#total = total;
    this.#line = "";
    if (!this.stream.isTTY) return;
    this.#ticking ??= setInterval(() => this.#draw(), 100);
    this.#draw();
  }

  /** The running cell printed a line. */
  printed(line: string): void {
    this.#line = stripVTControlCharacters(line);
  }

  /** Takes the live line away. */
  end(): void {
    this.#endCell();
    clearInterval(this.#ticking);
    if (this.stream.isTTY) this.stream.write("\r\u001b[K");
  }

  #endCell(): void {
    if (this.#position === 0 || this.stream.isTTY) return;
    this.stream.write(`${this.#state()}\n`);
    this.#position = 0;
  }

  #draw(): void {
    const width = 24;
    const done = Math.round((width * (this.#position - 1)) / this.#total);
    const bar = "█".repeat(done) + "░".repeat(width - done);
    const line = `${bar} ${this.#state()}`;
    this.stream.write(`\r${[...line].slice(0, (this.stream.columns || 80) - 1).join("")}\u001b[K`);
  }

  #state(): string {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    const position = String(this.#position).padStart(String(this.#total).length);
    return `cell ${position}/${this.#total}  ${seconds} s  ${this.#line}`.trimEnd();
  }
}
