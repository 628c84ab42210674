import { setTimeout as sleep } from "node:timers/promises";
import type { Part, Values } from "../bench.js";
import type { Contender } from "../kernel/contenders.js";
import { Life } from "../kernel/life.js";
import { expectChecking } from "./checking.js";

const LATER_MS = 2_000;

const CELL = `interface Campaign { name: string; clicks: number; cost: number }
const campaigns: Campaign[] = [{ name: "spring", clicks: 40, cost: 12 }, { name: "summer", clicks: 0, cost: 3 }];
const prices = new Map(campaigns.map(({ name, clicks, cost }) => [name, clicks ? cost / clicks : null]));
prices.get("spring")?.toFixed(2)`;

/** The first cell of a session, while the compiler may still be starting. */
export function firstCell(contenders: Contender[], full: boolean): Part {
  const ms = { unit: "ms", better: "less" } as const;
  const later = "first checked cell, sent 2 s after the start";
  const atOnce = "first checked cell, sent at once";
  const take = async (contender: Contender, values: Values) => {
    await Life.of(contender, async (life) => {
      const spent = await life.timed(CELL);
      await expectChecking(life);
      values[atOnce] = spent;
    });
    await Life.of(contender, async (life) => {
      await sleep(life.kernel.startedAt + LATER_MS - performance.now());
      const spent = await life.timed(CELL);
      await expectChecking(life);
      values[later] = spent;
    });
  };
  return {
    name: "first",
    rounds: full ? 20 : 8,
    figures: [
      { figure: later, ...ms, target: () => 100 },
      { figure: atOnce, ...ms, target: () => 600 },
    ],
    contenders: Object.fromEntries(
      contenders.map((contender) => [contender.name, (values) => take(contender, values)]),
    ),
  };
}
