import { fromZero, labelled, position, tips } from "./channel.js";
import {
  chart,
  fieldOf,
  headline,
  type LabelledOptions,
  type LayerChart,
  rowsOf,
} from "./chart.js";
import type { Column } from "./column.js";
import { type ColumnOf, type Data, tableOf } from "./data.js";
import { colour } from "./theme.js";

/** What `timeSeries` takes. */
export interface TimeSeriesOptions<C extends string> extends LabelledOptions<C> {
  /** Column of times (or numbers) along the x axis. */
  x: C;
  /** Column of numbers along the y axis. */
  y: C;
  /** Columns with the lower and the upper edge of a band, drawn behind the line. */
  band?: readonly [lower: C, upper: C];
  /** Column of what was expected, drawn as a dashed line. */
  expected?: C;
  /** Column that is true (or not 0) where a point is to be marked, an anomaly for one. */
  marked?: C;
  /** A d3-format for the values, as `".1%"`. */
  format?: string;
}

/** Pixels above and below the values, so that marked points are not cut in half. */
const MARGIN = 8;

/**
 * One series over time, with a band, an expected line and marked points.
 *
 * Dragging moves along the time axis, the wheel with shift held zooms it, a double click goes back.
 * Times are shown in UTC. `labels` names the columns in the legend.
 *
 * @throws InputError when a column does not exist or holds no numbers where these are needed.
 * @example vl.timeSeries(days, { x: "day", y: "ctr", band: ["low", "high"], marked: "anomaly" })
 */
export function timeSeries<const D extends Data>(
  data: D,
  options: TimeSeriesOptions<ColumnOf<D>>,
): LayerChart {
  const table = tableOf(data, "vl.timeSeries", options);
  const { format, ...rest }: TimeSeriesOptions<string> = options;
  const x = table.column(rest.x, "x");
  const y = table.numbers(rest.y, "y");
  const lower = rest.band && table.numbers(rest.band[0], "band");
  const upper = rest.band && table.numbers(rest.band[1], "band");
  const expected =
    rest.expected === undefined ? undefined : table.numbers(rest.expected, "expected");
  const mark = table.optional(rest.marked, "marked");
  const marked = mark && { ...mark, kind: "quantitative" as const, values: mark.values.map(flag) };
  const label = labelled(rest);
  const bandName = lower && upper ? `${label(lower)} to ${label(upper)}` : "";
  const legend = [
    { name: label(y), colour: colour.main },
    ...(expected ? [{ name: label(expected), colour: colour.reference }] : []),
    ...(bandName ? [{ name: bandName, colour: colour.band }] : []),
    ...(marked ? [{ name: label(marked), colour: colour.alert }] : []),
  ];
  const color = (name: string) => ({
    color: {
      datum: name,
      type: "nominal",
      scale: { domain: legend.map((l) => l.name), range: legend.map((l) => l.colour) },
      legend: legend.length === 1 ? null : { orient: "top", title: null },
    },
  });
  const tooltip = tips([x, y, expected, lower, upper], label).map((tip) =>
    tip.type === "quantitative" && format && tip.field !== fieldOf(x) ? { ...tip, format } : tip,
  );
  const along = position(x, label(x));
  const zero = fromZero(y, expected, lower, upper);
  const scale = zero ? { zero } : { zero, padding: MARGIN };
  const up = (column: Column) => ({ ...position(column, label(y), format), scale });
  const anomalies = marked?.values.reduce<number>((sum, value) => sum + Number(value), 0);
  return chart(
    {
      description: [
        `${headline("time series", rest)}: ${label(y)} by ${label(x)}, ${table.rows.toLocaleString("en-US")} points`,
        ...(bandName ? [`band ${bandName}`] : []),
        ...(marked ? [`${anomalies} marked (${label(marked)})`] : []),
      ].join(", "),
      data: { values: rowsOf([x, y, expected, lower, upper, marked]) },
      encoding: { x: along },
      layer: [
        ...(lower && upper
          ? [
              {
                mark: { type: "area", opacity: 1, clip: true },
                encoding: { y: up(lower), y2: { field: fieldOf(upper) }, ...color(bandName) },
              },
            ]
          : []),
        ...(expected
          ? [
              {
                mark: { type: "line", strokeDash: [5, 4], strokeWidth: 1.5, clip: true },
                encoding: { y: up(expected), ...color(label(expected)) },
              },
            ]
          : []),
        {
          mark: { type: "line", point: "transparent", strokeWidth: 1.8, clip: true },
          params: [
            {
              name: "zoom",
              select: { type: "interval", encodings: ["x"], zoom: "wheel![event.shiftKey]" },
              bind: "scales",
            },
          ],
          encoding: { y: up(y), ...color(label(y)), tooltip },
        },
        ...(marked
          ? [
              {
                transform: [{ filter: `datum['${fieldOf(marked)}'] === 1` }],
                mark: {
                  type: "circle",
                  size: 80,
                  opacity: 1,
                  stroke: "#ffffff",
                  strokeWidth: 1.2,
                  clip: true,
                },
                encoding: { y: up(y), ...color(label(marked)), tooltip },
              },
            ]
          : []),
      ],
    },
    { ...rest, width: rest.width ?? 640, height: rest.height ?? 260 },
  );
}

function flag(value: number | string | null): 0 | 1 {
  return value === null || value === 0 || value === "false" || value === "" ? 0 : 1;
}
