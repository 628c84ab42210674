import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { isIdle, RawKernel, type Received } from "../../support/raw-kernel.js";
import type { Part, Values } from "../bench.js";
import type { Contender } from "./contenders.js";

/** A kernel that says nothing for so long says nothing any more. */
const PATIENCE_MS = 5_000;
const SETTLE_MS = 1_500;

/** One life of a contender: its process, and how cells are timed. */
export class Life {
  private readonly death: Promise<undefined>;

  private constructor(
    readonly contender: Contender,
    readonly kernel: RawKernel,
  ) {
    this.death = kernel.exited().then(() => undefined);
  }

  /** Starts a contender, gives it to `use`, and ends it and its children, whatever happens. */
  static async of(contender: Contender, use: (life: Life) => Promise<void>): Promise<void> {
    const { kernelspec, command, env = {}, packages = {} } = contender;
    const quiet = kernelspec !== "retro";
    const kernel = await RawKernel.start({ command, env, packages, quiet });
    // What a kernel writes past its sockets must not make it wait.
    kernel.process.stdout?.resume();
    const kill = () => signal(kernel, "SIGKILL");
    process.once("exit", kill);
    try {
      await use(new Life(contender, kernel));
    } finally {
      process.off("exit", kill);
      kill();
      await kernel.stop();
    }
  }

  /** A user takes a while to type: kernels may use it to make themselves ready. */
  settle(): Promise<void> {
    return new Promise((done) => setTimeout(done, SETTLE_MS));
  }

  /** Milliseconds from a cell's request to its reply and its idle. */
  async timed(code: string): Promise<number> {
    // A long list would make the client slower from cell to cell.
    this.kernel.received.length = 0;
    const from = performance.now();
    const id = this.kernel.post(code);
    const reply = await this.until("reply", (m) => m.channel === "shell" && m.parent.msg_id === id);
    await this.until("idle", (m) => isIdle(m, id));
    const spent = performance.now() - from;
    const { status, evalue = status } = reply.content;
    if (status !== "ok") throw new Error(`a cell failed: ${evalue}`);
    return spent;
  }

  interrupt(): void {
    const { contender, kernel } = this;
    if (contender.interrupt === "signal") signal(kernel, "SIGINT");
    else kernel.send("control", "interrupt_request", {});
  }

  /** The first message that fits; an error that says so when the kernel died, or took too long. */
  async until(what: string, fits: (message: Received) => boolean): Promise<Received> {
    const found = await Promise.race([this.kernel.within(PATIENCE_MS, fits), this.death]);
    if (found) return found;
    const { exitCode, signalCode } = this.kernel.process;
    if (exitCode !== null || signalCode !== null) throw new Error("died");
    throw new Error(`no ${what} in ${PATIENCE_MS / 1_000} s`);
  }

  /** Megabytes in memory, children included, of those whose command line has the word. */
  resident(word = ""): number {
    const rows = execFileSync("ps", ["-ww", "-eo", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((row) => row.trim().split(/\s+/));
    const family = new Set([this.kernel.process.pid]);
    let kilobytes = 0;
    for (const [pid, parent, rss, ...args] of rows) {
      if (!family.has(Number(pid)) && !family.has(Number(parent))) continue;
      family.add(Number(pid));
      if (args.join(" ").includes(word)) kilobytes += Number(rss);
    }
    return kilobytes / 1_024;
  }

  /** Watches the process's own memory; the function it returns stops and gives the highest, in MB. */
  watch(): () => number {
    const ask = promisify(execFile);
    const words = ["-o", "rss=", "-p", `${this.kernel.process.pid}`];
    let highest = 0;
    let over = false;
    const look = async () => {
      while (!over) {
        const { stdout } = await ask("ps", words).catch(() => ({ stdout: "0" }));
        highest = Math.max(highest, Number(stdout) / 1_024);
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    void look();
    return () => {
      over = true;
      return highest;
    };
  }
}

/** One round of each contender: a life, and what `use` takes from it. */
export function lives(
  contenders: Contender[],
  use: (life: Life, values: Values) => Promise<void>,
): Part["contenders"] {
  return Object.fromEntries(
    contenders.map((contender) => [
      contender.name,
      (values) => Life.of(contender, (life) => use(life, values)),
    ]),
  );
}

/** Reaches the whole process group, as Jupyter does. */
function signal({ process: child }: RawKernel, name: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), name);
  } catch {
    // It is gone.
  }
}
