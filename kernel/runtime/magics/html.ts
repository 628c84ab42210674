import { display } from "../../display/index.js";
import type { Magic } from "../../extension/contract.js";

/** `%%html`: the cell is HTML. */
export const html: Magic = {
  doc: "Shows the cell as HTML.",
  form: "cell",
  run: (_, body = "") => display.html(body),
};
