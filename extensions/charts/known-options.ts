import { didYouMean, InputError } from "../../kernel/extension/index.js";
import type { AreaOptions } from "./area.js";
import type { BarOptions } from "./bar.js";
import type { ScoreOptions } from "./binary-scores.js";
import type { CalibrationOptions } from "./calibration.js";
import type { ChartOptions } from "./chart.js";
import type { ConfusionMatrixOptions } from "./confusion-matrix.js";
import type { FunnelOptions } from "./funnel.js";
import type { HeatmapOptions } from "./heatmap.js";
import type { HistogramOptions } from "./histogram.js";
import type { PathOptions } from "./path.js";
import type { ScatterOptions } from "./scatter.js";
import type { TimeSeriesOptions } from "./time-series.js";
import type { TrainingCurvesOptions } from "./training-curves.js";

type Names<O> = readonly Exclude<keyof O, keyof ChartOptions>[];

const FRAME: readonly (keyof ChartOptions)[] = ["title", "subtitle", "width", "height"];
const SCORES: Names<ScoreOptions<string>> = ["label", "score", "color"];
const PATH: Names<PathOptions<string>> = ["x", "y", "color", "format", "labels"];

const OWN = {
  "vl.line": PATH,
  "vl.area": [...PATH, "stack"] satisfies Names<AreaOptions<string>>,
  "vl.bar": [...PATH, "summary", "stack"] satisfies Names<BarOptions<string>>,
  "vl.scatter": ["x", "y", "color", "size", "labels"] satisfies Names<ScatterOptions<string>>,
  "vl.histogram": ["x", "color", "bins", "labels"] satisfies Names<HistogramOptions<string>>,
  "vl.heatmap": ["x", "y", "value", "summary", "format", "labels"] satisfies Names<
    HeatmapOptions<string>
  >,
  "vl.funnel": ["stages", "stage", "value", "by"] satisfies Names<FunnelOptions<string>>,
  "vl.confusionMatrix": ["actual", "predicted", "classes"] satisfies Names<
    ConfusionMatrixOptions<string>
  >,
  "vl.roc": SCORES,
  "vl.precisionRecall": SCORES,
  "vl.calibration": [...SCORES, "bins"] satisfies Names<CalibrationOptions<string>>,
  "vl.trainingCurves": ["x", "y"] satisfies Names<TrainingCurvesOptions<string>>,
  "vl.timeSeries": ["x", "y", "band", "expected", "marked", "format", "labels"] satisfies Names<
    TimeSeriesOptions<string>
  >,
};

/** The charts that take data, by the name that errors give them. */
export type ChartName = keyof typeof OWN;

/** An InputError for options that are none, or one that a chart does not have: a misspelling would draw on. */
export function knownOptions(chart: ChartName, options: object): void {
  const known: readonly string[] = [...OWN[chart], ...FRAME];
  if (typeof options !== "object" || options === null) {
    throw new InputError(
      `${chart}: after the data come options such as { ${known.slice(0, 2).join(", ")} }, not ${options}; there are ${known.join(", ")}`,
    );
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InputError(
    `${chart}: no option ${JSON.stringify(unknown)}${didYouMean(unknown, known)}; options are ${known.join(", ")}`,
  );
}
