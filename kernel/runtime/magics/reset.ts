import process from "node:process";
import type { Magic } from "../../extension/contract.js";

/** `%reset`: as if no cell had run. */
export function reset(forget: () => number): Magic {
  return {
    doc: "Forgets all names that cells declared and all results; extensions and modules stay loaded.",
    form: "line",
    run: () => {
      const count = forget();
      process.stdout.write(`${count} ${count === 1 ? "name is" : "names are"} forgotten\n`);
    },
  };
}
