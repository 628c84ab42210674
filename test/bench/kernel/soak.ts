import { resolve } from "node:path";
import type { Part, Values } from "../bench.js";
import type { Contender } from "./contenders.js";
import { Life } from "./life.js";
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
  const contender = retro as Contender;
  const [node = "", ...words] = contender.command;
  const probe = ["--expose-gc", "--import", resolve("test/bench/kernel/heap-probe.mjs")];
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
    contenders: {
      retro: (values) =>
        Life.of(contender, (life) => take(life, values), [node, ...probe, ...words]),
    },
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

/** Megabytes after a collection in every thread. */
async function memory(life: Life): Promise<{ held: number; resident: number }> {
  const { kernel } = life;
  const { reply, text } = await kernel.execute("await heldBytes()");
  if (reply.content.status !== "ok") throw new Error(`no memory figure: ${text}`);
  return { held: Number(text.replaceAll("_", "")) / 2 ** 20, resident: life.resident() };
}
