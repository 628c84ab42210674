import type { Part } from "../bench.js";
import type { Contender } from "../kernel/contenders.js";
import { heldMegabytes, probed } from "../kernel/held.js";
import { lives } from "../kernel/life.js";
import { expectChecking } from "./checking.js";
import { typedCells } from "./typed-cells.js";

const SETTLED = 50;
const CELLS = 300;

/** What a long session with libraries leaves in the compiler's process, and in the kernel's. */
export function memory(contenders: Contender[], full: boolean): Part {
  const compiler = `memory of the compiler's process after ${CELLS} cells`;
  const held = `what the kernel holds after ${CELLS} cells beyond after ${SETTLED}, collected`;
  const mb = { unit: "MB", better: "less" } as const;
  return {
    name: "memory",
    rounds: full ? 5 : 2,
    figures: [
      { figure: compiler, ...mb, target: () => 500 },
      { figure: held, ...mb, target: () => 10 },
    ],
    contenders: lives(contenders.map(probed), async (life, values) => {
      await expectChecking(life);
      const cells = typedCells(CELLS, true);
      for (const code of cells.slice(0, SETTLED)) await life.timed(code);
      const settled = await heldMegabytes(life);
      for (const code of cells.slice(SETTLED)) await life.timed(code);
      values[compiler] = life.resident("--lsp") || "no such process";
      values[held] = (await heldMegabytes(life)) - settled;
    }),
  };
}
