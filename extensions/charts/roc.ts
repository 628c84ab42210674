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
 * The receiver operating characteristic: the share of ones found against the share of zeros taken
 * for ones, with the area under it (AUC) in the subtitle or, for several models, in the legend.
 *
 * @throws InputError when a label is not 0 or 1, a score is missing, or only one label occurs.
 * @example vl.roc({ label: clicked, score: model.predictProba(rows) })
 */
export function roc<const D extends Data>(
  data: D,
  options: ScoreOptions<ColumnOf<D>> = {},
): LayerChart {
  const curves = scoresOf("vl.roc", data, options).map((scores) => {
    bothLabels("vl.roc", scores);
    const { points, auc } = rocCurve(scores);
    return { model: scores.model, points, figure: `AUC ${auc.toFixed(3)}` };
  });
  const each = curves.map(({ model, figure }) => (model === "" ? figure : `${model} ${figure}`));
  const subtitle = curves.length === 1 ? each[0] : undefined;
  return unitSquare(
    curves,
    { x: "False positive rate", y: "True positive rate", interpolate: "linear" },
    { from: 0, to: 1 },
    `${headline("ROC curve", options)}: ${each.join(", ")}`,
    { title: "ROC curve", subtitle, ...options },
  );
}

/** The curve, as scikit-learn's `roc_curve`, and the area under it, as `roc_auc_score`. */
export function rocCurve(scores: Scores): { points: CurvePoint[]; auc: number } {
  const steps = cumulative(scores);
  const { ones, zeros } = steps.at(-1) as { ones: number; zeros: number };
  const points: CurvePoint[] = [{ x: 0, y: 0, threshold: null }];
  let area = 0;
  for (const step of steps) {
    const last = points.at(-1) as CurvePoint;
    const point = { x: step.zeros / zeros, y: step.ones / ones, threshold: step.score };
    area += ((point.x - last.x) * (point.y + last.y)) / 2;
    points.push(point);
  }
  return { points, auc: area };
}
