/**
 * The toolkit as an ordinary library: what a notebook has in scope, for scripts, tests and other
 * kernels.
 *
 * @example
 * import { retro, vl } from "retro-kernel";
 * const monitor = new retro.models.analytics.TimeSeriesAnalyzer("conversion_rate");
 */
import { campaign } from "../datasets/campaign/index.js";
import { datasetsOf } from "../kernel/extension/index.js";
import * as analytics from "./analytics/analytics.js";
import * as vl from "./charts/vl.js";

export type * from "../datasets/campaign/index.js";
export * from "../kernel/display/index.js";
export * from "../kernel/extension/index.js";
export { vl };

/** The models and data sets, under the names that notebooks use. */
export const retro = { models: { analytics }, datasets: datasetsOf(() => ({ campaign })) };
