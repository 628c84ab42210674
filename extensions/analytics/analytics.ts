export type { Sensitivity, TimeSeriesAnalyzerOptions } from "./analyzer-options.js";
export { type FunnelRecord, type FunnelRow, funnel } from "./funnel.js";
export type { Observation, TimedValue } from "./observation.js";
export { type AnalyzerState, TimeSeriesAnalyzer } from "./time-series-analyzer.js";
export type { Anomaly, NoAnomaly, Verdict } from "./verdict.js";
export type { Stage } from "./weakness.js";
export { wilson } from "./wilson.js";
