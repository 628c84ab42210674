import { InputError } from "../../kernel/extension/index.js";
import { binAt, binsOf, lowerLimit } from "./bins.js";
import { groups, labelled, position, tips } from "./channel.js";
import { chart, fieldOf, type LabelledOptions, rowsOf, type UnitChart, WIDTH } from "./chart.js";
import type { Column } from "./column.js";
import { type ColumnOf, type Data, tableOf } from "./data.js";
import { summarise } from "./summary.js";
import { toggle } from "./toggle.js";

/** What `histogram` takes. */
export interface HistogramOptions<C extends string> extends LabelledOptions<C> {
  /** Column of numbers to count; may be left out for one array of numbers. */
  x?: C;
  /** Column that parts the rows into groups, stacked; a click in the legend singles one out. */
  color?: C;
  /** The most bins, 30 unless told; their limits are round numbers. */
  bins?: number;
}

/**
 * A histogram.
 *
 * Counted before it is drawn, so that any number of rows makes a small chart. Rows without a number
 * are left out.
 *
 * @throws InputError when a column does not exist or x holds no numbers.
 * @example vl.histogram(customers, { x: "value", bins: 40 })
 */
export function histogram<const D extends Data>(
  data: D,
  options: HistogramOptions<ColumnOf<D>> = {},
): UnitChart {
  const table = tableOf(data, "vl.histogram", options);
  const x = table.numbers(options.x ?? table.series, "x");
  const color = table.optional(options.color, "color");
  const label = labelled(options);
  const numbers = x.values.filter((value) => typeof value === "number");
  if (numbers.length === 0) {
    throw new InputError(`vl.histogram: column ${JSON.stringify(x.name)} has no values`);
  }
  const bins = binsOf(numbers, options.bins ?? 30);
  const kept = x.values.flatMap((value, row) => (value === null ? [] : row));
  const bin: Column = {
    name: x.name,
    kind: "quantitative",
    values: kept.map((row) => lowerLimit(binAt(x.values[row] as number, bins), bins)),
  };
  const group = color && { ...color, values: kept.map((row) => color.values[row] ?? null) };
  const { keys, value } = summarise(group ? [bin, group] : [bin], undefined, "count");
  const from = keys[0] as Column;
  const to: Column = {
    name: `${x.name} below`,
    kind: "quantitative",
    values: from.values.map((start) => Number(((start as number) + bins.step).toPrecision(12))),
  };
  const byColor = group && toggle(group);
  return chart(
    {
      data: { values: rowsOf([...keys, to, value]) },
      mark: { type: "bar", binSpacing: 1 },
      ...(byColor && { params: byColor.params }),
      encoding: {
        x: { ...position(from, label(from)), bin: { binned: true, step: bins.step } },
        x2: { field: fieldOf(to) },
        y: position(value, "count"),
        ...(group && { color: groups(group, label(group), options.width ?? WIDTH) }),
        ...(byColor && { opacity: byColor.opacity }),
        tooltip: tips([group, from, to, value], ({ name }) =>
          name === from.name
            ? `${label(from)} from`
            : name === to.name
              ? "to below"
              : label({ name }),
        ),
      },
    },
    options,
  );
}
