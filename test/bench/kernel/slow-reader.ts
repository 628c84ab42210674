import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Subscriber } from "zeromq";
import type { RawKernel } from "../../support/raw-kernel.js";
import type { Figure, Part, Values } from "../bench.js";
import type { Contender } from "./contenders.js";
import { type Life, lives } from "./life.js";
import { NumberedLines, WIDE_LINES } from "./printing.js";

const STALL_MS = 1_500;
const MOST_STUCK_MS = 60_000;
const PATIENCE_MS = 10_000;
const QUIET_MS = 500;

/** Appends the time whenever this thread is free again after half a second of a cell. */
const WATCH_LOOP = `
  import { appendFileSync } from "node:fs";
  let lastTick = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - lastTick > 500) appendFileSync("free", now + "\\n");
    lastTick = now;
  }, 1);`;

/** A front end that does not take what is printed: nothing is lost, and the kernel stays small and ours. */
export function slowReader([retro]: Contender[], full: boolean): Part {
  const stuck: Figure[] = [
    { figure: "a cell held by a stuck reader", unit: "s", better: "less" },
    {
      figure: "messages that say what a stuck reader missed",
      unit: "messages",
      better: "less",
      target: () => 1,
    },
  ];
  return {
    name: "slow-reader",
    rounds: full ? 3 : 2,
    figures: [
      {
        figure: "memory above base with a slow reader",
        unit: "MB",
        better: "less",
        target: () => 200,
      },
      {
        figure: "lines of 100 MB that a slow reader gets, in order",
        unit: "lines",
        better: "more",
        target: () => WIDE_LINES,
      },
      {
        figure: "interrupt of a cell that waits for a slow reader",
        unit: "ms",
        better: "less",
        target: () => 20,
      },
      ...(full ? stuck : []),
    ],
    contenders: lives([retro as Contender], async (life, values) => {
      const reader = await SlowReader.of(life.kernel);
      await slowly(life, reader, values);
      await interrupted(life, reader, values);
      if (full) await stuckFor30Seconds(life, reader, values);
      reader.close();
    }),
  };
}

/** The reader pauses, then takes all. */
async function slowly(life: Life, reader: SlowReader, values: Values): Promise<void> {
  const base = life.resident();
  const stop = life.watch();
  const id = life.kernel.post(life.contender.cells.printWide(WIDE_LINES));
  await expectRunning(life, id);
  const numbered = new NumberedLines();
  await reader.until(id, (name, text) => name === "stdout" && numbered.add(text));
  values["lines of 100 MB that a slow reader gets, in order"] = numbered.count;
  values["memory above base with a slow reader"] = stop() - base;
}

/** The reader pauses, and the cell is interrupted: how long until the kernel's main thread is free. */
async function interrupted(life: Life, reader: SlowReader, values: Values): Promise<void> {
  const watch = life.kernel.post(WATCH_LOOP);
  await reader.until(watch);
  const id = life.kernel.post('while (true) console.log("x".repeat(999))');
  await expectRunning(life, id);
  const asked = Date.now();
  life.interrupt();
  await reader.until(id);
  const free = readFileSync(join(life.kernel.folder, "free"), "utf8").trim().split("\n").at(-1);
  values["interrupt of a cell that waits for a slow reader"] = Number(free) - asked;
}

/** The reader takes nothing until the cell has ended without it. */
async function stuckFor30Seconds(life: Life, reader: SlowReader, values: Values): Promise<void> {
  const { kernel } = life;
  const from = performance.now();
  const id = kernel.post(life.contender.cells.printWide(WIDE_LINES));
  await kernel.within(MOST_STUCK_MS, (m) => m.channel === "shell" && m.parent.msg_id === id);
  values["a cell held by a stuck reader"] = (performance.now() - from) / 1_000;
  let said = 0;
  const count = (name: string, text: string) => {
    if (name === "stderr") said += text.match(/\d+ messages were dropped/g)?.length ?? 0;
  };
  // Its idle may be among what was dropped; when all is read the kernel can be heard again.
  await reader.untilQuiet(count);
  await reader.until(kernel.post("1+1"), count);
  values["messages that say what a stuck reader missed"] = said || "nothing said";
}

async function expectRunning({ kernel }: Life, id: string): Promise<void> {
  await sleep(STALL_MS);
  const over = await kernel.within(0, (m) => m.channel === "shell" && m.parent.msg_id === id);
  if (over) throw new Error("the cell did not wait for the reader");
  kernel.received.length = 0;
}

/** A subscriber that takes messages from its socket only when told; what it does not take stays with the kernel. */
class SlowReader {
  private readonly socket = new Subscriber({
    linger: 0,
    receiveHighWaterMark: 1,
    receiveBufferSize: 1 << 16,
  });

  static async of(kernel: RawKernel): Promise<SlowReader> {
    const reader = new SlowReader();
    reader.socket.subscribe();
    reader.socket.connect(kernel.address("iopub"));
    // The welcome says that it is subscribed.
    await reader.socket.receive();
    return reader;
  }

  /** Takes all up to the idle of a request; `print` gets the text on the way, whatever cell it is of. */
  async until(id: string, print: Print = () => {}): Promise<void> {
    this.socket.receiveTimeout = PATIENCE_MS;
    for await (const frames of this.socket) if (take(frames, print) === id) return;
  }

  /** Takes all until nothing comes any more. */
  async untilQuiet(print: Print): Promise<void> {
    this.socket.receiveTimeout = QUIET_MS;
    try {
      for await (const frames of this.socket) take(frames, print);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }

  close(): void {
    this.socket.close();
  }
}

type Print = (name: string, text: string) => void;

/** Gives text to `print`; the request's id when the message is its idle. */
function take(frames: Buffer[], print: Print): string | undefined {
  const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
  const [header, parent, , content] = frames
    .slice(at + 2, at + 6)
    .map((part) => JSON.parse(part.toString()));
  if (header.msg_type === "stream") print(content.name, content.text);
  return content.execution_state === "idle" ? parent.msg_id : undefined;
}
