import type { Received } from "../../support/raw-kernel.js";
import type { Part } from "../bench.js";
import type { Contender } from "./contenders.js";
import { lives } from "./life.js";

const RUNS_MS = 100;

/** How quickly an endless loop ends. */
export function interrupt(contenders: Contender[], full: boolean): Part {
  return {
    name: "interrupt",
    rounds: full ? 15 : 5,
    figures: [
      { figure: "interrupt of an endless loop", unit: "ms", better: "less", target: () => 20 },
    ],
    contenders: lives(
      contenders.filter(({ name }) => name !== "empty"),
      async (life, values) => {
        const { kernel } = life;
        await life.timed("1+1");
        const id = kernel.post(life.contender.cells.loop);
        // A peer may keep what is printed until the cell ends.
        await kernel.within(1_000, (m) => m.type === "stream" && m.parent.msg_id === id);
        await new Promise((done) => setTimeout(done, RUNS_MS));
        const replied = (m: Received) => m.channel === "shell" && m.parent.msg_id === id;
        if (kernel.received.some(replied)) throw new Error("ended by itself");
        const from = performance.now();
        life.interrupt();
        await life.until("reply", replied);
        values["interrupt of an endless loop"] = performance.now() - from;
      },
    ),
  };
}
