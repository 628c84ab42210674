import { InputError } from "../../kernel/extension/index.js";
import { type ScoreOptions, type Scores, scoresOf } from "./binary-scores.js";
import { groups } from "./channel.js";
import { chart, headline, type LayerChart, WIDTH } from "./chart.js";
import type { ColumnOf, Data } from "./data.js";
import { colour } from "./theme.js";

/** What `calibration` takes. */
export interface CalibrationOptions<C extends string> extends ScoreOptions<C> {
  /** How many bins of equal width part 0 to 1; 10 unless told. */
  bins?: number;
}

/** The predictions of one bin. */
export interface CalibrationBin {
  /** Mean of the predicted probabilities. */
  predicted: number;
  /** Share of the rows where it happened. */
  observed: number;
  rows: number;
}

const SIDE = 340;

/**
 * Predicted probability against what happened, with the Brier score in the subtitle or legend.
 *
 * On the dashed line a prediction of 20% comes true one time in five. Larger points hold more rows.
 *
 * @throws InputError when a label is not 0 or 1 or a score lies outside 0 to 1.
 * @example vl.calibration({ label: converted, score: probability }, { bins: 20 })
 */
export function calibration<const D extends Data>(
  data: D,
  options: CalibrationOptions<ColumnOf<D>> = {},
): LayerChart {
  const { bins = 10 } = options;
  const models = scoresOf("vl.calibration", data, options);
  const named = models.length > 1;
  const figures: string[] = [];
  const values = models.flatMap((scores) => {
    const figure = `Brier score ${brierScore(scores).toFixed(4)}`;
    figures.push(named ? `${scores.model} ${figure}` : figure);
    const model = named ? `${scores.model} (${figure})` : undefined;
    return calibrationBins(scores, bins).map((bin) => ({ ...bin, ...(named && { model }) }));
  });
  const names = {
    name: "model",
    kind: "nominal" as const,
    values: values.map((v) => v.model ?? null),
  };
  const axis = { format: "%", grid: true, tickCount: 6 };
  const scale = { domain: [0, 1] };
  const color = { ...(named && { color: { ...groups(names, "", WIDTH), title: null } }) };
  const x = {
    field: "predicted",
    type: "quantitative",
    title: "Predicted probability",
    scale,
    axis,
  };
  const y = { field: "observed", type: "quantitative", title: "Share that happened", scale, axis };
  return chart(
    {
      description: `${headline("calibration curve", options)}: ${figures.join(", ")}`,
      data: { values },
      layer: [
        {
          data: { values: [{ x: 0 }, { x: 1 }] },
          mark: { type: "line", color: colour.reference, strokeDash: [4, 4], strokeWidth: 1 },
          encoding: {
            x: { field: "x", type: "quantitative" },
            y: { field: "x", type: "quantitative" },
          },
        },
        { mark: { type: "line", strokeWidth: 1.5 }, encoding: { x, y, ...color } },
        {
          mark: { type: "circle", opacity: 1 },
          encoding: {
            x,
            y,
            ...color,
            size: {
              field: "rows",
              type: "quantitative",
              legend: null,
              scale: { range: [30, 260], zero: true },
            },
            tooltip: [
              ...(named ? [{ field: "model", type: "nominal", title: "model" }] : []),
              { field: "predicted", type: "quantitative", title: "predicted", format: ".1%" },
              { field: "observed", type: "quantitative", title: "happened", format: ".1%" },
              { field: "rows", type: "quantitative", title: "rows", format: ",d" },
            ],
          },
        },
      ],
    },
    {
      title: "Calibration",
      subtitle: named ? undefined : figures[0],
      width: SIDE,
      height: SIDE,
      ...options,
    },
  );
}

/** Mean prediction and share of ones in each bin that has rows, as `calibration_curve`. */
export function calibrationBins({ labels, scores }: Scores, bins: number): CalibrationBin[] {
  const sums = Array.from({ length: bins }, () => ({ predicted: 0, ones: 0, rows: 0 }));
  for (const [row, score] of scores.entries()) {
    if (score < 0 || score > 1) {
      throw new InputError(`vl.calibration: scores must be from 0 to 1, row ${row} has ${score}`);
    }
    const above = sums.findIndex((_, at) => score <= (at + 1) * (1 / bins));
    const bin = sums[above < 0 ? bins - 1 : above] as (typeof sums)[number];
    bin.predicted += score;
    bin.ones += labels[row] ?? 0;
    bin.rows++;
  }
  return sums
    .filter(({ rows }) => rows > 0)
    .map(({ predicted, ones, rows }) => ({
      predicted: predicted / rows,
      observed: ones / rows,
      rows,
    }));
}

/** Mean squared distance of the predictions from what happened, as `brier_score_loss`. */
export function brierScore({ labels, scores }: Scores): number {
  const squares = scores.map(
    (score, row) => (score - (labels[row] ?? 0)) * (score - (labels[row] ?? 0)),
  );
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
