import { fieldOf } from "./chart.js";
import { type Column, distinct } from "./column.js";

/** How groups share a length: one upon the other, as shares of 1, or each for itself. */
export type Stack = "zero" | "normalize" | "none";

/** What stacks groups in the order of the data, which is the legend's too. */
export function stacked(color: Column, stack: Stack) {
  if (stack === "none") return { transform: [], channel: { stack: null }, order: {} };
  const names = JSON.stringify(distinct(color));
  const transform = [{ calculate: `indexof(${names}, datum['${fieldOf(color)}'])`, as: "rank" }];
  const order = { order: { field: "rank", type: "quantitative" } };
  const shares = stack === "normalize" && { axis: { format: "%" } };
  return { transform, channel: { stack, ...shares }, order };
}
