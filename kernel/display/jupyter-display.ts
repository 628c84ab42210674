import { InputError } from "../extension/input-error.js";
import type { MimeBundle } from "./mimebundle.js";
import type { Formatter } from "./registry.js";
import { sendable } from "./sendable.js";
import { plainText, shortText } from "./text.js";

const DISPLAY = Symbol.for("Jupyter.display");

interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}

/**
 * Objects that show themselves: a method `Symbol.for("Jupyter.display")`, own or inherited, gives a
 * mimebundle or a promise of one; text is added where it gives none.
 *
 * Reference: the convention of Deno's kernel, https://docs.deno.com/runtime/reference/cli/jupyter/
 */
export const jupyterDisplay: Formatter = {
  name: 'Symbol.for("Jupyter.display")',
  match: (value) =>
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    typeof (value as Displayable)[DISPLAY] === "function",
  format: (value: Displayable) => {
    const rendered = (data: MimeBundle) => {
      if (typeof data !== "object" || data === null) {
        throw new InputError(`it must give { "text/plain": …, … }, not ${shortText(data, 60)}`);
      }
      const { data: sent } = sendable({ data });
      sent["text/plain"] ??= plainText(value);
      return { data: sent };
    };
    const data = value[DISPLAY]();
    // What is there now is shown now, before anything the cell prints next.
    return typeof (data as Promise<MimeBundle>)?.then === "function"
      ? Promise.resolve(data).then(rendered)
      : rendered(data as MimeBundle);
  },
};
