import { fromZero, groups, labelled, position, tips } from "./channel.js";
import { chart, fieldOf, type LabelledOptions, rowsOf, type UnitChart, WIDTH } from "./chart.js";
import type { Column } from "./column.js";
import { type ColumnOf, type Data, tableOf } from "./data.js";
import { colour } from "./theme.js";
import { toggle } from "./toggle.js";

/** What `scatter` takes. */
export interface ScatterOptions<C extends string> extends LabelledOptions<C> {
  /** Column along the x axis. */
  x: C;
  /** Column along the y axis. */
  y: C;
  /** Column that colours the points: names as groups, numbers from light to dark. */
  color?: C;
  /** Column of numbers, 0 or more, that the areas of the points follow. */
  size?: C;
}

/** Points above which they are drawn fainter, so that a crowd shows as one. */
const CROWD = 500;

/**
 * A scatter plot, one point for each row that has both coordinates.
 *
 * @throws InputError when a column does not exist or size holds no numbers.
 * @example vl.scatter(campaigns, { x: "cost", y: "conversions", color: "segment", size: "clicks" })
 */
export function scatter<const D extends Data>(
  data: D,
  options: ScatterOptions<ColumnOf<D>>,
): UnitChart {
  const table = tableOf(data, "vl.scatter", options);
  const x = table.column(options.x, "x");
  const y = table.column(options.y, "y");
  const color = table.optional(options.color, "color");
  const size = options.size === undefined ? undefined : table.numbers(options.size, "size");
  const label = labelled(options);
  const opacity = x.values.length > CROWD ? 0.5 : 0.75;
  const byColor = color?.kind === "nominal" ? toggle(color, opacity) : undefined;
  return chart(
    {
      data: { values: rowsOf([color, x, y, size]) },
      mark: { type: "circle", size: 45 },
      ...(byColor && { params: byColor.params }),
      encoding: {
        x: spread(x, label(x)),
        y: spread(y, label(y)),
        ...(color && {
          color:
            color.kind === "nominal"
              ? groups(color, label(color), options.width ?? WIDTH)
              : {
                  field: fieldOf(color),
                  type: color.kind,
                  title: label(color),
                  scale: { range: colour.ramp.slice(2) },
                },
        }),
        ...(size && {
          size: {
            field: fieldOf(size),
            type: "quantitative",
            title: label(size),
            scale: { range: [12, 500] },
          },
        }),
        opacity: byColor?.opacity ?? { value: opacity },
        tooltip: tips([color, x, y, size], label),
      },
    },
    options,
  );
}

/** An axis that leaves zero out where the values are far from it. */
function spread(column: Column, title: string) {
  const channel = position(column, title);
  if (channel.type !== "quantitative") return channel;
  return { ...channel, scale: { zero: fromZero(column) } };
}
