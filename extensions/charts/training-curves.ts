import { InputError } from "../../kernel/extension/index.js";
import { fromZero, groups, position, tips } from "./channel.js";
import { type ChartOptions, chart, fieldOf, type LayerChart, rowsOf, WIDTH } from "./chart.js";
import type { Column } from "./column.js";
import { type ConcatChart, hconcat } from "./concat.js";
import { type ColumnOf, type Data, type Table, tableOf } from "./data.js";
import { colour } from "./theme.js";

/** What `trainingCurves` takes. */
export interface TrainingCurvesOptions<C extends string> extends ChartOptions {
  /** Column along the x axis; `epoch` where there is one, otherwise rows count from 1. */
  x?: C;
  /** Columns to draw; all columns of numbers unless told. */
  y?: readonly C[];
}

const SMALLER_IS_BETTER = /loss|error|perplexity|^(mse|mae|rmse)$/i;

/**
 * The course of a training: a panel for each measure, training beside validation, the best epoch
 * of the validation marked.
 *
 * A measure's validation column is named after it with `val`, as `val_loss` or `valLoss`: the
 * `history.history` of a TensorFlow.js model fits as it is.
 *
 * @throws InputError when a column does not exist or no column holds numbers.
 * @example vl.trainingCurves((await model.fit(x, y, { validationSplit: 0.2 })).history)
 */
export function trainingCurves<const D extends Data>(
  data: D,
  options: TrainingCurvesOptions<ColumnOf<D>> = {},
): ConcatChart {
  const { title, subtitle, width = 300, height = 220 } = options;
  const table = tableOf(data, "vl.trainingCurves", options);
  const x = epochs(table, options.x);
  const columns = options.y?.map((name) => table.numbers(name, "y")) ?? numbersOf(table, x);
  if (columns.length === 0) {
    throw new InputError(`vl.trainingCurves: no column of numbers besides ${x.name}`);
  }
  const measures = [...new Set(columns.map((column) => part(column).measure))];
  const panels = measures.map((measure) => {
    const its = columns.filter((column) => part(column).measure === measure);
    return panel(measure, its, x, { width, height });
  });
  return { ...hconcat(panels, { title, subtitle }), resolve: { scale: { color: "shared" } } };
}

function epochs(table: Table, name: string | undefined): Column {
  if (name !== undefined || table.has("epoch")) return table.numbers(name ?? "epoch", "x");
  const values = Array.from({ length: table.rows }, (_, row) => row + 1);
  return { name: "epoch", kind: "quantitative", values };
}

function numbersOf(table: Table, x: Column): Column[] {
  const others = table.names.filter((name) => name !== x.name);
  return others
    .map((name) => table.column(name, "y"))
    .filter((column) => column.kind === "quantitative");
}

/** What a column measures, on which rows: `val_loss` and `valLoss` are the loss in validation. */
function part({ name }: Column): { measure: string; set: "training" | "validation" } {
  const [, prefix, rest] =
    /^(val|validation|train|training)(?:[_ -]|(?=[A-Z]))(.+)$/.exec(name) ?? [];
  if (prefix === undefined || rest === undefined) return { measure: name, set: "training" };
  const measure = rest.charAt(0).toLowerCase() + rest.slice(1);
  return { measure, set: prefix.startsWith("val") ? "validation" : "training" };
}

function panel(
  measure: string,
  columns: readonly Column[],
  x: Column,
  options: ChartOptions,
): LayerChart {
  const values = columns.flatMap((column) =>
    rowsOf([x, { ...column, name: measure }]).map((row) => ({ ...row, rows: part(column).set })),
  );
  const sets = { name: "rows", kind: "nominal" as const, values: ["training", "validation"] };
  const y: Column = {
    name: measure,
    kind: "quantitative",
    values: columns.flatMap((c) => c.values),
  };
  const encoding = {
    x: { ...position(x, x.name), axis: { tickMinStep: 1 }, scale: { zero: false, nice: false } },
    y: { ...position(y, measure), scale: { zero: fromZero(y) } },
    color: {
      ...groups(sets, "", WIDTH),
      title: null,
      scale: { domain: sets.values, range: [colour.main, colour.alert] },
    },
    tooltip: [
      { field: "rows", type: "nominal", title: "rows" },
      ...tips([x, y], ({ name }) => name),
    ],
  };
  const best = bestRow(
    columns.find((column) => part(column).set === "validation") ?? columns[0],
    x,
  );
  return chart(
    {
      layer: [
        { data: { values }, mark: { type: "line", point: "transparent" }, encoding },
        ...(best === undefined
          ? []
          : [
              {
                data: { values: [{ [fieldOf(x)]: best.at, [fieldOf(y)]: best.value }] },
                encoding: { x: encoding.x, y: encoding.y },
                layer: [
                  { mark: { type: "point", size: 90, strokeWidth: 2, color: colour.text } },
                  {
                    mark: {
                      type: "text",
                      dy: best.smaller ? -14 : 16,
                      align: best.late ? "right" : "center",
                      dx: best.late ? 6 : 0,
                      color: colour.text,
                      fontWeight: "bold",
                    },
                    encoding: { text: { value: `best ${Number(best.value.toPrecision(3))}` } },
                  },
                ],
              },
            ]),
      ],
    },
    options,
  );
}

function bestRow(column: Column | undefined, x: Column) {
  if (column === undefined) return undefined;
  const smaller = SMALLER_IS_BETTER.test(part(column).measure);
  let best: number | undefined;
  for (const [row, value] of column.values.entries()) {
    const held = best === undefined ? undefined : (column.values[best] as number);
    if (typeof value !== "number") continue;
    if (held === undefined || (smaller ? value < held : value > held)) best = row;
  }
  if (best === undefined) return undefined;
  const late = best > 0.8 * column.values.length;
  return { at: x.values[best], value: column.values[best] as number, smaller, late };
}
