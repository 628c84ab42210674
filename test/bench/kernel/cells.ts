import { type Figure, median, type Part, shareOf } from "../bench.js";
import type { Contender } from "./contenders.js";
import { type Life, lives } from "./life.js";

const QUICK = shareOf({ deno: 0.65, "xeus-python": 0.8 });

const ms = (figure: string): Figure => ({ figure, unit: "ms", better: "less", target: QUICK });
const flat = (figure: string): Figure => ({ figure, unit: "x", better: "less", target: () => 1.2 });

/** What a cell costs in a young session. */
export function cells(contenders: Contender[], full: boolean): Part {
  return {
    name: "cells",
    rounds: full ? 15 : 5,
    figures: [
      ms("warm 1+1"),
      ms("distinct cell after 200 others"),
      flat("last 20 of 200 distinct cells to the first 20"),
    ],
    contenders: lives(contenders, async (life, values) => {
      await life.settle();
      for (let i = 0; i < 20; i++) await life.timed("1+1");
      const warm: number[] = [];
      for (let i = 0; i < 50; i++) warm.push(await life.timed("1+1"));
      values["warm 1+1"] = median(warm);
      if (life.contender.name === "empty") return;
      const times = await distinct(life, 220);
      values["distinct cell after 200 others"] = median(times.slice(200));
      values["last 20 of 200 distinct cells to the first 20"] =
        median(times.slice(180, 200)) / median(times.slice(0, 20));
    }),
  };
}

/** What a cell costs, and a kernel weighs, late in a long session. */
export function thousand(contenders: Contender[], full: boolean): Part {
  return {
    name: "thousand",
    rounds: full ? 5 : 2,
    figures: [
      ms("distinct cell after 1,000 others"),
      flat("last 20 of 1,000 distinct cells to the first 20"),
      {
        figure: "resident memory after 1,000 cells beyond fresh",
        unit: "MB",
        better: "less",
        target: () => 30,
      },
    ],
    contenders: lives(
      contenders.filter(({ name }) => name !== "empty"),
      async (life, values) => {
        await life.timed("1+1");
        await life.settle();
        const fresh = life.resident();
        const times = await distinct(life, 1_000);
        values["resident memory after 1,000 cells beyond fresh"] = life.resident() - fresh;
        values["last 20 of 1,000 distinct cells to the first 20"] =
          median(times.slice(980)) / median(times.slice(0, 20));
        values["distinct cell after 1,000 others"] = median(await distinct(life, 20, 1_000));
      },
    ),
  };
}

/** Milliseconds of so many cells that differ, one after another. */
export async function distinct(life: Life, count: number, from = 0): Promise<number[]> {
  const times: number[] = [];
  for (let n = from; n < from + count; n++) {
    times.push(await life.timed(life.contender.cells.declare(n)));
  }
  return times;
}
