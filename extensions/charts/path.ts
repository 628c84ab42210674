import { band, fromZero, groups, labelled, position, tips } from "./channel.js";
import { chart, type LabelledOptions, rowsOf, type UnitChart, WIDTH } from "./chart.js";
import { distinct } from "./column.js";
import { type Data, tableOf } from "./data.js";
import type { ChartName } from "./known-options.js";
import { type Stack, stacked } from "./stack.js";
import { toggle } from "./toggle.js";

/** What the charts that follow y along x take. */
export interface PathOptions<C extends string> extends LabelledOptions<C> {
  /** Column along the x axis: times, numbers or names. Left out: the row's number. */
  x?: C;
  /** Column of numbers along the y axis; may be left out for one array of numbers. */
  y?: C;
  /** Column that parts the rows into groups; a click in the legend singles one out. */
  color?: C;
  /** A d3-format for y, as `".1%"`. */
  format?: string;
}

/** A chart of one mark for each group along x; `stack` is for marks that can. */
export function path(
  name: ChartName,
  data: Data,
  options: PathOptions<string>,
  mark: (points: number) => object,
  stack?: Stack,
): UnitChart {
  const table = tableOf(data, name, options);
  const x = table.column(options.x ?? "index", "x");
  const y = table.numbers(options.y ?? table.series, "y");
  const color = table.optional(options.color, "color");
  const label = labelled(options);
  const width = options.width ?? WIDTH;
  const byColor = color && toggle(color);
  const layout = color && stack && stacked(color, stack);
  return chart(
    {
      data: { values: rowsOf([x, y, color]) },
      ...(layout && { transform: layout.transform }),
      mark: mark(x.values.length / (color === undefined ? 1 : distinct(color).length)),
      ...(byColor && { params: byColor.params }),
      encoding: {
        x: x.kind === "nominal" ? band(x, label(x), width) : position(x, label(x)),
        y: {
          ...position(y, label(y), options.format),
          ...(stack === undefined && { scale: { zero: fromZero(y) } }),
          ...layout?.channel,
        },
        ...layout?.order,
        ...(color && { color: groups(color, label(color), width) }),
        ...(byColor && { [stack === undefined ? "strokeOpacity" : "opacity"]: byColor.opacity }),
        tooltip: tips([color, x, y], label, y, options.format),
      },
    },
    options,
  );
}
