import type { Received } from "../../support/raw-kernel.js";
import { type Part, shareOf } from "../bench.js";
import type { Contender } from "./contenders.js";
import { type Life, lives } from "./life.js";

const LINES = 10_000;
export const WIDE_LINES = 100_000;

/** Many lines: how quickly they are all there. */
export function printing(contenders: Contender[], full: boolean): Part {
  return {
    name: "printing",
    rounds: full ? 15 : 5,
    figures: [
      {
        figure: "10,000 printed lines",
        unit: "ms",
        better: "less",
        target: shareOf({ ipykernel: 1 }),
      },
      {
        figure: "lines of 10,000 that arrive, in order",
        unit: "lines",
        better: "more",
        target: () => LINES,
      },
      { figure: "messages for 10,000 lines", unit: "messages", better: "less", target: () => 20 },
    ],
    contenders: lives(real(contenders), async (life, values) => {
      await life.timed("1+1");
      const seen = await print(life, life.contender.cells.print(LINES), LINES, 5_000);
      values["lines of 10,000 that arrive, in order"] = seen.lines;
      values["messages for 10,000 lines"] = seen.messages;
      values["10,000 printed lines"] = seen.lines === LINES ? seen.ms : lost(seen.lines, LINES);
    }),
  };
}

/** Very much text: whether it is all there, and what the kernel weighs meanwhile. */
export function flood(contenders: Contender[], full: boolean): Part {
  return {
    name: "flood",
    rounds: full ? 5 : 2,
    figures: [
      { figure: "100 MB printed", unit: "s", better: "less" },
      {
        figure: "lines of 100 MB that arrive, in order",
        unit: "lines",
        better: "more",
        target: () => WIDE_LINES,
      },
      {
        figure: "memory above base while 100 MB are printed",
        unit: "MB",
        better: "less",
        target: () => 200,
      },
    ],
    contenders: lives(real(contenders), async (life, values) => {
      await life.timed("1+1");
      const base = life.resident();
      const stop = life.watch();
      const code = life.contender.cells.printWide(WIDE_LINES);
      const seen = await print(life, code, WIDE_LINES, 15_000);
      values["memory above base while 100 MB are printed"] = stop() - base;
      values["lines of 100 MB that arrive, in order"] = seen.lines;
      values["100 MB printed"] =
        seen.lines === WIDE_LINES ? seen.ms / 1_000 : lost(seen.lines, WIDE_LINES);
    }),
  };
}

/** Runs a cell that prints numbered lines, until all is there; what comes after idle counts as well. */
async function print(
  { kernel }: Life,
  code: string,
  lines: number,
  patience: number,
): Promise<{ lines: number; messages: number; ms: number }> {
  kernel.received.length = 0;
  const numbered = new NumberedLines();
  let messages = 0;
  let [replied, idle] = [false, false];
  const from = performance.now();
  const id = kernel.post(code);
  const take = (message: Received) => {
    if (message.parent.msg_id !== id) return false;
    if (message.channel === "shell") replied = true;
    else if (message.content.execution_state === "idle") idle = true;
    else if (message.type === "stream") {
      messages++;
      numbered.add(message.content.text);
    }
    return replied && idle && numbered.count >= lines;
  };
  await kernel.within(patience, take);
  return { lines: numbered.count, messages, ms: performance.now() - from };
}

/** Counts lines that begin with a number each, as long as the numbers go up. */
export class NumberedLines {
  count = 0;
  private last = -1;
  private rest = "";

  add(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() as string;
    for (const line of lines) {
      const number = Number.parseInt(line, 10);
      if (number > this.last) this.count++;
      this.last = number;
    }
  }
}

function lost(there: number, all: number): string {
  return there === 0 ? "lost all" : `lost ${Math.round(100 - (100 * there) / all)} %`;
}

function real(contenders: Contender[]): Contender[] {
  return contenders.filter(({ kernelspec }) => kernelspec !== undefined);
}
