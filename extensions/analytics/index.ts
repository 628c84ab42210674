import { campaign } from "../../datasets/campaign/index.js";
import { defineExtension } from "../../kernel/extension/index.js";

export default defineExtension({
  name: "analytics",
  names: {
    "retro.models.analytics": {
      load: () => import("./analytics.js"),
      types: "retro-kernel/analytics",
      doc: "Watch metrics for anomalies, and funnels with zero-safe rates.",
    },
  },
  datasets: { campaign },
});
