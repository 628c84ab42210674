import { Console } from "node:console";
import { fstatSync } from "node:fs";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { sink } from "../display/sink.js";
import { currentCell } from "./cell.js";
import { quickConsole } from "./quick-console.js";
import { Kind, type Ring } from "./ring.js";

/** How often a print looks whether a child process wrote in between. */
const LOOK_MS = 1;

/** process.stdout and process.stderr of a kernel: what is written goes to the cell that wrote it. */
class CellStream extends Writable {
  private readonly decoder = new StringDecoder("utf8");

  constructor(
    private readonly kind: typeof Kind.stdout | typeof Kind.stderr,
    private readonly print: (kind: Kind, text: string) => void,
  ) {
    super({ decodeStrings: false });
  }

  override write(
    chunk: unknown,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean {
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof chunk === "string") {
      this.print(this.kind, chunk);
    } else if (chunk instanceof Uint8Array) {
      // What a child process wrote comes in pieces that end within a letter.
      this.print(this.kind, this.decoder.write(Buffer.from(chunk)));
    } else {
      throw new TypeError(`cannot write ${chunk === null ? "null" : typeof chunk} to a stream`);
    }
    if (done) process.nextTick(done);
    return true;
  }

  /** What `end` hands on; the stream itself takes more after it, as other cells print too. */
  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.write(chunk);
    done();
  }
}

/** Sends process.stdout, process.stderr and the whole of `console` into the ring. */
export function installStdio(ring: Ring, captured: boolean): void {
  let looked = 0;
  let seen = "0 0";
  const print = (kind: Kind, text: string) => {
    const run = currentCell().run;
    const now = performance.now();
    if (captured && now - looked > LOOK_MS) {
      looked = now;
      const sizes = `${fstatSync(1).size} ${fstatSync(2).size}`;
      if (sizes !== seen) {
        seen = sizes;
        ring.write(Kind.captured, run, sizes);
      }
    }
    ring.write(kind, run, text);
  };
  const stdout = new CellStream(Kind.stdout, print);
  const stderr = new CellStream(Kind.stderr, print);
  Object.defineProperty(process, "stdout", { value: stdout, configurable: true });
  Object.defineProperty(process, "stderr", { value: stderr, configurable: true });
  const node = new Console({ stdout, stderr, ignoreErrors: false, colorMode: false });
  Object.assign(console, node, quickConsole(node, stdout, stderr), {
    clear: () => sink().clear(false),
  });
}
