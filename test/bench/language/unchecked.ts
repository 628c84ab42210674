import { median, type Part } from "../bench.js";
import { distinct } from "../kernel/cells.js";
import type { Contender } from "../kernel/contenders.js";
import { lives } from "../kernel/life.js";

const CELLS = 50;

/** What is left of the checker where it is off: a kernel without it is what it was. */
export function unchecked(contenders: Contender[], full: boolean): Part {
  const start = "checking off: start to kernel_info reply";
  const warm = "checking off: warm 1+1";
  const cell = "checking off: distinct cell";
  const ms = { unit: "ms", better: "less" } as const;
  return {
    name: "off",
    rounds: full ? 20 : 8,
    figures: [start, warm, cell].map((figure) => ({ figure, ...ms })),
    contenders: lives(contenders, async (life, values) => {
      values[start] = life.kernel.answeredAt - life.kernel.startedAt;
      await life.settle();
      for (let i = 0; i < 20; i++) await life.timed("1+1");
      const times: number[] = [];
      for (let i = 0; i < CELLS; i++) times.push(await life.timed("1+1"));
      values[warm] = median(times);
      values[cell] = median(await distinct(life, CELLS));
    }),
  };
}
