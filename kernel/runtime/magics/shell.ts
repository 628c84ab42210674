import type { Magic } from "../../extension/contract.js";
import { InputError } from "../../extension/input-error.js";

/** `!command`: runs a command of the system's shell. */
export function shellMagic(): Magic {
  return {
    doc: "Runs a command of the system's shell and shows what it prints.",
    usage: "command",
    form: "line",
    run: async (command) => {
      if (command.trim() === "") throw new InputError("! needs a command, as in !ls");
      const { runCommand } = await import("./run-command.js");
      await runCommand(command, [], { shown: `"!${command}"`, shell: true });
    },
  };
}
