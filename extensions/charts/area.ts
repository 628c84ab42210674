import type { UnitChart } from "./chart.js";
import type { ColumnOf, Data } from "./data.js";
import { type PathOptions, path } from "./path.js";
import type { Stack } from "./stack.js";

/** What `area` takes. */
export interface AreaOptions<C extends string> extends PathOptions<C> {
  /** How groups share the height: one upon the other (default), as shares of 1, or overlaid. */
  stack?: Stack;
}

/**
 * An area chart, the groups of `color` stacked.
 *
 * Times are shown in UTC.
 *
 * @throws InputError when a column does not exist or y holds no numbers.
 * @example vl.area(log, { x: "day", y: "clicks", color: "segment", stack: "normalize" })
 */
export function area<const D extends Data>(
  data: D,
  options: AreaOptions<ColumnOf<D>> = {},
): UnitChart {
  const { stack = "zero", color } = options;
  const alone = color === undefined || stack === "none";
  const mark = { type: "area", fillOpacity: alone ? 0.25 : 0.85, line: alone };
  return path("vl.area", data, options, () => mark, stack);
}
