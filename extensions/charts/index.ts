import { defineExtension } from "../../kernel/extension/index.js";

/** Charts as Vega-Lite specifications, as `vl`. */
export default defineExtension({
  name: "charts",
  names: {
    vl: {
      load: () => import("./vl.js"),
      types: "retro-kernel/charts",
      doc: "Charts of marketing data and models, as Vega-Lite specifications that can be edited.",
    },
  },
});
