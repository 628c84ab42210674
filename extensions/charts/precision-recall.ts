import {
  bothLabels,
  cumulative,
  type ScoreOptions,
  type Scores,
  scoresOf,
} from "./binary-scores.js";
import { headline, type LayerChart } from "./chart.js";
import { type CurvePoint, unitSquare } from "./curve.js";
import type { ColumnOf, Data } from "./data.js";

/**
 * Precision against recall, with the average precision (AP) in the subtitle or, for several models,
 * in the legend; the dashed line is the share of ones, which a model that knows nothing reaches.
 *
 * @throws InputError when a label is not 0 or 1, a score is missing, or only one label occurs.
 * @example vl.precisionRecall(predictions, { label: "converted", score: "probability" })
 */
export function precisionRecall<const D extends Data>(
  data: D,
  options: ScoreOptions<ColumnOf<D>> = {},
): LayerChart {
  const models = scoresOf("vl.precisionRecall", data, options);
  const curves = models.map((scores) => {
    bothLabels("vl.precisionRecall", scores);
    const { points, averagePrecision } = precisionRecallCurve(scores);
    return { model: scores.model, points, figure: `AP ${averagePrecision.toFixed(3)}` };
  });
  const labels = models.flatMap((model) => model.labels);
  const ones = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const each = curves.map(({ model, figure }) => (model === "" ? figure : `${model} ${figure}`));
  const share = `${(100 * ones).toFixed(1)}% are ones`;
  return unitSquare(
    curves,
    { x: "Recall", y: "Precision", interpolate: "step-before" },
    { from: ones, to: ones },
    `${headline("precision-recall curve", options)}: ${each.join(", ")}, ${share}`,
    {
      title: "Precision and recall",
      subtitle: curves.length === 1 ? `${each[0]}, ${share}` : share,
      ...options,
    },
  );
}

/** The curve, as scikit-learn's `precision_recall_curve`, and its `average_precision_score`. */
export function precisionRecallCurve(scores: Scores): {
  points: CurvePoint[];
  averagePrecision: number;
} {
  const steps = cumulative(scores);
  const all = steps.at(-1)?.ones ?? 0;
  const points: CurvePoint[] = [{ x: 0, y: 1, threshold: null }];
  let averagePrecision = 0;
  for (const { ones, zeros, score } of steps) {
    const point = { x: ones / all, y: ones / (ones + zeros), threshold: score };
    averagePrecision += (point.x - (points.at(-1) as CurvePoint).x) * point.y;
    points.push(point);
  }
  return { points, averagePrecision };
}
