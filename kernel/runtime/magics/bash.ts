import type { Magic } from "../../extension/contract.js";
import { InputError } from "../../extension/input-error.js";

/** `%%bash argument …`: runs the rest of the cell as one script. */
export function bashMagic(): Magic {
  return {
    doc: "Runs the cell as a Bash script; what stands after the name are its arguments.",
    usage: "[argument …]",
    form: "cell",
    run: async (argument, body = "") => {
      const { findProgram } = await import("./find-program.js");
      const bash = findProgram("bash");
      if (bash === undefined) {
        throw new InputError("%%bash needs the program bash, which is not on the PATH");
      }
      const { runCommand } = await import("./run-command.js");
      // Not as its input, which the script's own commands would read from. Its lines keep their numbers.
      const script = argument === "" ? body : `set -- ${argument}; ${body}`;
      await runCommand(bash, ["-c", script], { shown: "%%bash" });
    },
  };
}
