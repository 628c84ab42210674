import { describe, expect, test } from "vitest";
import type { Scores } from "../../../extensions/charts/binary-scores.js";
import { brierScore, calibrationBins } from "../../../extensions/charts/calibration.js";
import { columnOf } from "../../../extensions/charts/column.js";
import { countConfusions } from "../../../extensions/charts/confusion-matrix.js";
import { precisionRecallCurve } from "../../../extensions/charts/precision-recall.js";
import { rocCurve } from "../../../extensions/charts/roc.js";
import * as vl from "../../../extensions/charts/vl.js";
import { InputError } from "../../../kernel/extension/index.js";

// Golden values: scikit-learn 1.9.1, y and s as below.
const y = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0];
const s = [0.1, 0.9, 0.8, 0.35, 0.4, 0.4, 0.2, 0.7, 0.3, 0.05, 0.6, 0.5];
const scores: Scores = { model: "", labels: y, scores: s };

test("rocCurve", () => {
  const { points, auc } = rocCurve(scores);
  // roc_auc_score(y, s)
  expect(auc).toBeCloseTo(0.875, 12);
  // fpr, tpr, _ = roc_curve(y, s, drop_intermediate=False); (fpr * 6), (tpr * 6)
  expect(points.map((point) => Math.round(point.x * 6))).toEqual([
    0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 5, 6,
  ]);
  expect(points.map((point) => Math.round(point.y * 6))).toEqual([
    0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6,
  ]);
});

test("precisionRecallCurve", () => {
  const { points, averagePrecision } = precisionRecallCurve(scores);
  // average_precision_score(y, s)
  expect(averagePrecision).toBeCloseTo(0.8968253968253967, 12);
  // precision, recall, _ = precision_recall_curve(y, s)
  expect(points.map((point) => point.y).toReversed()).toEqual(
    [6 / 12, 6 / 11, 0.6, 6 / 9, 5 / 8, 5 / 7, 0.8, 1, 1, 1, 1, 1].map((p) =>
      expect.closeTo(p, 12),
    ),
  );
});

test("calibrationBins and brierScore", () => {
  // calibration_curve(y, s, n_bins=5)
  const bins = calibrationBins(scores, 5);
  expect(bins.map(({ observed }) => observed)).toEqual([0, 0.5, 0.5, 1, 1]);
  expect(bins.map(({ predicted }) => predicted)).toEqual(
    [0.11666666666666668, 0.3625, 0.55, 0.75, 0.9].map((p) => expect.closeTo(p, 12)),
  );
  // calibration_curve(y, s, n_bins=10)[0]
  expect(calibrationBins(scores, 10).map(({ observed }) => observed)).toEqual(
    [0, 0, 1, 1 / 3, 0, 1, 1, 1, 1].map((p) => expect.closeTo(p, 12)),
  );
  // brier_score_loss(y, s)
  expect(brierScore(scores)).toBeCloseTo(0.1445833333333333, 12);
});

test("countConfusions", () => {
  const column = (name: string, values: unknown[]) => columnOf(name, values, name);
  // confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2])
  const counted = countConfusions(
    column("actual", [2, 0, 2, 2, 0, 1]),
    column("predicted", [0, 0, 2, 2, 0, 2]),
  );
  expect(counted.counts).toEqual([
    [2, 0, 0],
    [0, 0, 1],
    [1, 0, 2],
  ]);
  expect(counted.classes).toEqual(["0", "1", "2"]);
});

describe("bad scores", () => {
  test.each([
    [
      () => vl.roc({ label: [0, 2], score: [0.1, 0.2] }),
      "vl.roc: label must be 0 or 1, row 1 has 2",
    ],
    [
      () => vl.roc({ label: [0, 1], score: [0.1] }),
      "columns must be equally long, these are: label 2, score 1",
    ],
    [() => vl.roc({ label: [], score: [] }), "vl.roc: the data is empty"],
    [() => vl.roc({ label: [1, 1], score: [0.1, 0.2] }), "needs labels of both kinds, all 2 are 1"],
    [
      () => vl.precisionRecall({ label: [0, 1], score: [0.1, Number.NaN] }),
      "score has no number in row 1",
    ],
    [
      () => vl.calibration({ label: [0, 1], score: [0.1, 1.2] }),
      "scores must be from 0 to 1, row 1 has 1.2",
    ],
    [
      () => vl.confusionMatrix({ actual: ["a", null], predicted: ["a", "b"] }),
      "actual has no value in row 1",
    ],
    [
      () => vl.confusionMatrix({ actual: ["a"], predicted: ["c"] }, { classes: ["a", "b"] }),
      'vl.confusionMatrix: "c" is none of the classes a, b',
    ],
    [
      () => vl.funnel({ visits: 10, orders: -1 }),
      "vl.funnel: orders must be 0 or more, row 0 has -1",
    ],
  ])("%s", (draw, message) => {
    expect(draw).toThrow(InputError);
    expect(draw).toThrow(message);
  });

  test("booleans are labels", () => {
    const spec = vl.roc({ label: [false, true, true], score: [0.1, 0.9, 0.4] });
    expect(spec.description).toBe("ROC curve: AUC 1.000");
  });

  test("a hundred thousand scores make a small chart", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => i);
    const label = many.map((i) => (i * 7919) % 3 === 0);
    const score = many.map((i) => ((i * 104_729) % 100_000) / 100_000);
    expect(JSON.stringify(vl.roc({ label, score })).length).toBeLessThan(60_000);
  });
});
