import process from "node:process";
import type { Magic } from "../../extension/contract.js";
import { didYouMean, InputError } from "../../extension/input-error.js";

const MODES = ["off", "warn", "strict"];
const SAYS: Record<string, string> = {
  off: "cells are not checked",
  warn: "cells are checked, and run with a warning where types do not fit",
  strict: "cells are checked, and one whose types do not fit does not run",
};

/**
 * `%check off|warn|strict`: what becomes of a cell with type errors, from this cell on.
 *
 * The word in the cell's text counts: by the time this runs, the cell was checked.
 */
export function check(mode: () => string): Magic {
  return {
    doc: "Says, or sets from this cell on, what becomes of a cell whose types do not fit.",
    usage: "[off | warn | strict]",
    values: MODES,
    form: "line",
    run: (argument) => {
      if (argument !== "" && !MODES.includes(argument)) {
        throw new InputError(
          `%check ${argument}: not one of ${MODES.join(", ")}${didYouMean(argument, MODES)}`,
        );
      }
      if (argument === "") process.stdout.write(`%check ${mode()}: ${SAYS[mode()]}\n`);
    },
  };
}
