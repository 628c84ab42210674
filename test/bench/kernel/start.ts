import { execFileSync } from "node:child_process";
import { type Part, shareOf } from "../bench.js";
import type { Contender } from "./contenders.js";
import { lives } from "./life.js";

/** How quickly a kernel is there, and what it weighs then. */
export function start(contenders: Contender[], full: boolean): Part {
  return {
    name: "start",
    rounds: full ? 20 : 8,
    figures: [
      {
        figure: "start to kernel_info reply",
        unit: "ms",
        better: "less",
        target: shareOf({ deno: 0.95 }),
      },
      { figure: "start beyond node -e 0", unit: "ms", better: "less", target: () => 75 },
      { figure: "first cell", unit: "ms", better: "less" },
      {
        figure: "resident memory when fresh",
        unit: "MB",
        better: "less",
        target: shareOf({ deno: 0.5 }),
      },
    ],
    contenders: lives(contenders, async (life, values) => {
      const { kernel } = life;
      const ready = kernel.answeredAt - kernel.startedAt;
      values["start to kernel_info reply"] = ready;
      values["first cell"] = await life.timed("1+1");
      values["resident memory when fresh"] = life.resident();
      const from = performance.now();
      execFileSync(process.execPath, ["-e", "0"]);
      values["start beyond node -e 0"] = ready - (performance.now() - from);
    }),
  };
}
