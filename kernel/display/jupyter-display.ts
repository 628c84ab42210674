import type { MimeBundle } from "./mimebundle.js";
import type { Formatter } from "./registry.js";
import { sendable } from "./sendable.js";
import { plainText } from "./text.js";

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
  format: async (value: Displayable) => {
    const data = await value[DISPLAY]();
    const rendered = sendable({ data });
    rendered.data["text/plain"] ??= plainText(value);
    return rendered;
  },
};
