import process from "node:process";
import type { Magic } from "../../extension/contract.js";

/** `%reset`: as if no cell had run. */
export function reset(forget: () => void): Magic {
  return {
    doc: "Forgets all names that cells declared and all results; extensions and modules stay loaded.",
    form: "line",
    run: () => {
      forget();
      process.stdout.write("all names and results of cells are forgotten\n");
    },
  };
}
