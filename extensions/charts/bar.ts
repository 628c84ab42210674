import { band, groups, labelled, position, tips } from "./channel.js";
import { chart, fieldOf, type LabelledOptions, rowsOf, type UnitChart, WIDTH } from "./chart.js";
import { type Column, distinct } from "./column.js";
import { type ColumnOf, type Data, tableOf } from "./data.js";
import { type Stack, stacked } from "./stack.js";
import { type Summary, summarise } from "./summary.js";
import { toggle } from "./toggle.js";

/** What `bar` takes. */
export interface BarOptions<C extends string> extends LabelledOptions<C> {
  /** Column along the x axis; of numbers, beside names on y, for bars that lie. */
  x?: C;
  /** Column along the y axis. Left out: the number of rows for each x. */
  y?: C;
  /** Column that parts a bar into groups; a click in the legend singles one out. */
  color?: C;
  /** How several rows of one bar become one length; the sum unless told. */
  summary?: Summary;
  /** How groups share a bar: one upon the other (default), as shares of 1, or side by side. */
  stack?: Stack;
  /** A d3-format for the lengths, as `",.0f"`. */
  format?: string;
}

/**
 * A bar chart; rows that share a bar are summed before they are drawn.
 *
 * Bars keep the order of the data. They lie when x holds numbers and y names.
 *
 * @throws InputError when a column does not exist or the lengths are no numbers.
 * @example vl.bar(log, { x: "campaign", y: "clicks", color: "segment" })
 */
export function bar<const D extends Data>(data: D, options: BarOptions<ColumnOf<D>>): UnitChart {
  const table = tableOf(data, "vl.bar", options);
  const { summary = "sum", stack = "zero", format, x, y }: BarOptions<string> = options;
  const lies =
    x !== undefined &&
    y !== undefined &&
    table.column(x, "x").kind === "quantitative" &&
    table.column(y, "y").kind === "nominal";
  const place = lies ? table.column(y, "y") : table.column(x ?? "index", "x");
  const length = lies ? x : (y ?? table.series);
  const given = length === undefined ? undefined : table.numbers(length, lies ? "x" : "y");
  const color = table.optional(options.color, "color");
  const { keys, value } = summarise(color === undefined ? [place] : [place, color], given, summary);
  const label = labelled(options);
  const byColor = color && toggle(color);
  const layout = color && stacked(color, stack);
  const width = options.width ?? (lies ? WIDTH : broad(place));
  return chart(
    {
      data: { values: rowsOf([...keys, value]) },
      ...(layout && { transform: layout.transform }),
      mark: { type: "bar" },
      ...(byColor && { params: byColor.params }),
      encoding: {
        [lies ? "y" : "x"]: band(place, label(place), lies ? Number.POSITIVE_INFINITY : width),
        [lies ? "x" : "y"]: {
          ...position(value, label(value), format),
          ...layout?.channel,
        },
        ...layout?.order,
        ...(color &&
          stack === "none" && {
            [lies ? "yOffset" : "xOffset"]: { field: fieldOf(color), sort: null },
          }),
        ...(color && { color: groups(color, label(color), WIDTH) }),
        ...(byColor && { opacity: byColor.opacity }),
        tooltip: tips([...keys, value], label, value, format),
      },
    },
    { ...options, width },
  );
}

/** Width at which the names below standing bars fit, as far as there is room. */
function broad(place: Column): number {
  const names = distinct(place).map(String);
  if (place.kind !== "nominal") return names.length > 12 ? WIDTH : Math.max(200, names.length * 44);
  const longest = Math.max(...names.map((name) => name.length));
  return Math.min(WIDTH, Math.max(200, names.length * Math.max(44, longest * 6 + 20)));
}
