import { display } from "../../display/index.js";
import type { Magic } from "../../extension/contract.js";

/** `%%markdown`: the cell is Markdown. */
export const markdown: Magic = {
  doc: "Shows the cell as Markdown, formulas between dollar signs included.",
  form: "cell",
  run: (_, body = "") => display.markdown(body),
};
