import type { UnitChart } from "./chart.js";
import type { ColumnOf, Data } from "./data.js";
import { type PathOptions, path } from "./path.js";

const POINTS_TO_MARK = 40;

/**
 * A line chart, one line for each value of `color`.
 *
 * A null, undefined or NaN in y is a gap. Times are shown in UTC.
 *
 * @throws InputError when a column does not exist or y holds no numbers.
 * @example vl.line(log, { x: "hour", y: "ctr", color: "campaign", format: ".1%" })
 */
export function line<const D extends Data>(
  data: D,
  options: PathOptions<ColumnOf<D>> = {},
): UnitChart {
  return path("vl.line", data, options, (points) => ({
    type: "line",
    point: points <= POINTS_TO_MARK ? { size: 36 } : "transparent",
  }));
}
