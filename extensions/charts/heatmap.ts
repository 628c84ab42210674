import { binAt, binsOf, lowerLimit } from "./bins.js";
import { band, labelled, position, tips } from "./channel.js";
import { chart, fieldOf, type LabelledOptions, rowsOf, type UnitChart, WIDTH } from "./chart.js";
import { type Column, distinct } from "./column.js";
import { type ColumnOf, type Data, type Table, tableOf } from "./data.js";
import { type Summary, summarise } from "./summary.js";

/** What `heatmap` takes. */
export interface HeatmapOptions<C extends string> extends LabelledOptions<C> {
  /** Column along the x axis; numbers of more than 30 different values are binned. */
  x: C;
  /** Column along the y axis, binned as x is. */
  y: C;
  /** Column of numbers that the colours show. Left out: the number of rows. */
  value?: C;
  /** How the rows of one cell become one number; the mean unless told. */
  summary?: Summary;
  /** A d3-format for the value, as `".1%"`. */
  format?: string;
}

const MOST_CELLS = 30;

/**
 * A heat map: one cell for each pair of x and y.
 *
 * Summed up before it is drawn, so that any number of rows makes a small chart. Values on both sides
 * of zero get two hues that meet at zero.
 *
 * @throws InputError when a column does not exist or value holds no numbers.
 * @example vl.heatmap(log, { x: "hour", y: "weekday", value: "ctr", format: ".1%" })
 */
export function heatmap<const D extends Data>(
  data: D,
  options: HeatmapOptions<ColumnOf<D>>,
): UnitChart {
  const table = tableOf(data, "vl.heatmap", options);
  const { summary = "mean", format }: HeatmapOptions<string> = options;
  const label = labelled(options);
  const x = side(table, options.x, "x");
  const y = side(table, options.y, "y");
  const given = options.value === undefined ? undefined : table.numbers(options.value, "value");
  const { keys, value } = summarise([x.column, y.column], given, summary);
  const [left, low] = keys as [Column, Column];
  const right = x.step === undefined ? undefined : upper(left, x.step);
  const high = y.step === undefined ? undefined : upper(low, y.step);
  return chart(
    {
      data: { values: rowsOf([left, right, low, high, value]) },
      mark: { type: "rect" },
      encoding: {
        x: place(left, label(left), x.step, options.width ?? WIDTH),
        ...(right && { x2: { field: fieldOf(right) } }),
        y: place(low, label(low), y.step),
        ...(high && { y2: { field: fieldOf(high) } }),
        color: {
          field: fieldOf(value),
          type: "quantitative",
          title: label(value),
          scale: shades(value),
          ...(format && { legend: { format } }),
        },
        tooltip: tips([left, right, low, high, value], label, value, format),
      },
    },
    options,
  );
}

/** A column as it stands along one side, its numbers binned where they are many. */
function side(table: Table, name: string, option: string): { column: Column; step?: number } {
  const column = table.column(name, option);
  if (column.kind !== "quantitative" || distinct(column).length <= MOST_CELLS) return { column };
  const numbers = column.values.filter((value) => typeof value === "number");
  const bins = binsOf(numbers, MOST_CELLS);
  const values = column.values.map((value) =>
    value === null ? null : lowerLimit(binAt(value as number, bins), bins),
  );
  return { column: { ...column, values }, step: bins.step };
}

function upper(column: Column, step: number): Column {
  const values = column.values.map((from) =>
    from === null ? null : Number(((from as number) + step).toPrecision(12)),
  );
  return { ...column, name: `${column.name} below`, values };
}

function place(column: Column, title: string, step: number | undefined, width = Infinity) {
  if (step === undefined) return band(column, title, width);
  return { ...position(column, title), bin: { binned: true, step } };
}

function shades(value: Column): object {
  const numbers = value.values.filter((number) => typeof number === "number");
  const signed = numbers.some((number) => number < 0) && numbers.some((number) => number > 0);
  if (signed) return { scheme: "blueorange", domainMid: 0 };
  return value.name === "count" ? { domainMin: 0 } : {};
}
