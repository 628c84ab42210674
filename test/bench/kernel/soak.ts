import type { Part, Values } from "../bench.js";
import type { Contender } from "./contenders.js";
import { heldMegabytes, probed } from "./held.js";
import { type Life, lives } from "./life.js";
import { type SoakCell, soakCells } from "./soak-cells.js";

const SEED = 7;
const SETTLED = 2_000;

/** A long session of everything: whether a cell ever goes wrong, and what piles up. */
export function soak([retro]: Contender[], full: boolean): Part {
  const count = full ? 20_000 : 6_000;
  const figure = (what: string, unit: string, limit: number) => ({
    figure: `soak of ${count} cells: ${what}`,
    unit,
    better: "less" as const,
    target: () => limit,
  });
  const failed = figure("failed cells", "cells", 0);
  const held = figure(`heap and external memory since cell ${SETTLED}`, "MB", 10);
  const resident = figure(`resident memory since cell ${SETTLED}`, "MB", 60);
  const take = async (life: Life, values: Values) => {
    let failures = 0;
    let settled = { held: 0, resident: 0 };
    let n = 0;
    for (const cell of soakCells(count, SEED)) {
      if (!(await run(life, cell))) {
        failures++;
        if (failures <= 5) console.log(`cell ${n} went wrong: ${cell.code}`);
      }
      if (++n === SETTLED) settled = await memory(life);
    }
    const end = await memory(life);
    values[failed.figure] = failures;
    values[held.figure] = end.held - settled.held;
    values[resident.figure] = end.resident - settled.resident;
  };
  return {
    name: "soak",
    rounds: 1,
    figures: [failed, held, resident],
    contenders: lives([probed(retro as Contender)], take),
  };
}

async function run(life: Life, cell: SoakCell): Promise<boolean> {
  const { kernel } = life;
  kernel.received.length = 0;
  const id = kernel.post(cell.code);
  if (cell.endless) {
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    life.interrupt();
  }
  return cell.expects(await kernel.exchange("shell", id));
}

async function memory(life: Life): Promise<{ held: number; resident: number }> {
  return { held: await heldMegabytes(life), resident: life.resident() };
}
