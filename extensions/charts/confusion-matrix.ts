import { InputError } from "../../kernel/extension/index.js";
import { type ChartOptions, chart, headline, type LayerChart } from "./chart.js";
import type { Cell, Column } from "./column.js";
import { type ColumnOf, type Data, tableOf } from "./data.js";
import { colour } from "./theme.js";

/** What `confusionMatrix` takes. */
export interface ConfusionMatrixOptions<C extends string> extends ChartOptions {
  /** Column of what was there; `actual` unless told. */
  actual?: C;
  /** Column of what the model said; `predicted` unless told. */
  predicted?: C;
  /** The classes in the order to show them; in ascending order unless told. */
  classes?: readonly (string | number | boolean)[];
}

const MOST_WITH_SHARES = 8;
const MOST_WITH_COUNTS = 20;

/**
 * A confusion matrix: actual classes down, predicted ones across, with counts and shares of the row.
 *
 * The colour is the share of the actual class, so that rare classes read as well as common ones.
 *
 * @throws InputError when a value is missing or is none of the classes given.
 * @example vl.confusionMatrix({ actual: labels, predicted: guesses })
 */
export function confusionMatrix<const D extends Data>(
  data: D,
  options: ConfusionMatrixOptions<ColumnOf<D>> = {},
): LayerChart {
  const table = tableOf(data, "vl.confusionMatrix", options);
  const actual = table.column(options.actual ?? "actual", "actual");
  const predicted = table.column(options.predicted ?? "predicted", "predicted");
  const { classes, counts } = countConfusions(actual, predicted, options.classes?.map(String));
  const rows = table.rows;
  const right = classes.reduce((sum, _, at) => sum + (counts[at]?.[at] ?? 0), 0);
  const values = classes.flatMap((of, i) => {
    const all = counts[i]?.reduce((sum, count) => sum + count, 0) ?? 0;
    return classes.map((as, j) => {
      const count = counts[i]?.[j] ?? 0;
      return { actual: of, predicted: as, count, share: all === 0 ? null : count / all };
    });
  });
  const longest = Math.max(...classes.map((name) => name.length));
  const size = Math.max(30, Math.min(100, 420 / classes.length));
  const side = { type: "nominal", sort: null };
  const turn = longest * 6 > size ? -40 : 0;
  const label = (field: string, format: string, dy: number, font: object) => ({
    mark: { type: "text", dy, ...font },
    encoding: {
      text: { field, type: "quantitative", format },
      color: { condition: { test: "datum.share > 0.55", value: "#ffffff" }, value: colour.text },
    },
  });
  const shares = classes.length <= MOST_WITH_SHARES;
  return chart(
    {
      description: `${headline("confusion matrix", options)}: ${right.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} right (accuracy ${(right / rows).toFixed(3)}), classes ${classes.join(", ")}`,
      data: { values },
      encoding: {
        x: {
          field: "predicted",
          ...side,
          title: "Predicted",
          axis: { labelAngle: turn, domain: false, ticks: false },
        },
        y: { field: "actual", ...side, title: "Actual" },
      },
      layer: [
        {
          mark: { type: "rect", stroke: "#ffffff", strokeWidth: 2 },
          encoding: {
            color: {
              field: "share",
              type: "quantitative",
              scale: { domain: [0, 1] },
              legend: null,
            },
            tooltip: [
              { field: "actual", type: "nominal" },
              { field: "predicted", type: "nominal" },
              { field: "count", type: "quantitative", format: ",d" },
              { field: "share", type: "quantitative", format: ".1%", title: "share of actual" },
            ],
          },
        },
        ...(classes.length <= MOST_WITH_COUNTS
          ? [
              label("count", ",d", shares ? -7 : 0, {
                fontSize: shares ? 15 : 11,
                fontWeight: "bold",
              }),
            ]
          : []),
        ...(shares ? [label("share", ".1%", 11, { fontSize: 11 })] : []),
      ],
    },
    {
      title: "Confusion matrix",
      subtitle: `Accuracy ${((100 * right) / rows).toFixed(1)}% of ${rows.toLocaleString("en-US")}; shares are of the row`,
      width: size * classes.length,
      height: size * classes.length,
      ...options,
    },
  );
}

/** How often each class (row) was taken for each (column), as scikit-learn's `confusion_matrix`. */
export function countConfusions(
  actual: Column,
  predicted: Column,
  given?: readonly string[],
): { classes: readonly string[]; counts: number[][] } {
  const seen = [...new Set([...actual.values, ...predicted.values])];
  const gap = [actual, predicted].find(({ values }) => values.includes(null));
  if (gap) {
    const row = gap.values.indexOf(null);
    throw new InputError(`vl.confusionMatrix: ${gap.name} has no value in row ${row}`);
  }
  const classes = given ?? seen.sort(ascending).map(String);
  const stranger = seen.find((value) => !classes.includes(String(value)));
  if (stranger !== undefined) {
    throw new InputError(
      `vl.confusionMatrix: ${JSON.stringify(stranger)} is none of the classes ${classes.join(", ")}`,
    );
  }
  const place = new Map(classes.map((name, at) => [name, at]));
  const counts = classes.map(() => classes.map(() => 0));
  for (const [row, value] of actual.values.entries()) {
    const line = counts[place.get(String(value)) ?? -1] ?? [];
    const at = place.get(String(predicted.values[row])) ?? -1;
    line[at] = (line[at] ?? 0) + 1;
  }
  return { classes, counts };
}

function ascending(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}
