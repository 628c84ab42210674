import { InputError } from "../../kernel/extension/index.js";
import type { LabelledOptions } from "./chart.js";
import { type Data, tableOf } from "./data.js";
import type { ChartName } from "./known-options.js";

/** What the charts that judge a model's scores take. */
export interface ScoreOptions<C extends string> extends Omit<LabelledOptions<C>, "labels"> {
  /** Column of what happened, 0 or 1 or booleans; `label` unless told. */
  label?: C;
  /** Column of the model's scores, greater for more likely; `score` unless told. */
  score?: C;
  /** Column with the model's name, for several models in one chart. */
  color?: C;
}

/** One model's scores beside what happened. */
export interface Scores {
  /** Empty where there is one model only. */
  model: string;
  labels: number[];
  scores: number[];
}

/** The scores of each model; an InputError names the first row that is none. */
export function scoresOf(chart: ChartName, data: Data, options: ScoreOptions<string>): Scores[] {
  const table = tableOf(data, chart, options);
  const label = table.column(options.label ?? "label", "label");
  const score = table.numbers(options.score ?? "score", "score");
  const color = table.optional(options.color, "color");
  const models = new Map<string, Scores>();
  for (let row = 0; row < table.rows; row++) {
    const happened = { 0: 0, 1: 1, false: 0, true: 1 }[String(label.values[row])];
    if (happened === undefined) {
      throw new InputError(
        `${chart}: ${label.name} must be 0 or 1, row ${row} has ${JSON.stringify(label.values[row])}`,
      );
    }
    const number = score.values[row];
    if (typeof number !== "number") {
      throw new InputError(`${chart}: ${score.name} has no number in row ${row}`);
    }
    const model = color === undefined ? "" : String(color.values[row]);
    const scores = models.get(model) ?? { model, labels: [], scores: [] };
    models.set(model, scores);
    scores.labels.push(happened);
    scores.scores.push(number);
  }
  return [...models.values()];
}

/** An InputError unless a model was tried on both labels. */
export function bothLabels(chart: string, { model, labels }: Scores): void {
  const ones = labels.filter((label) => label === 1).length;
  if (ones > 0 && ones < labels.length) return;
  const of = model === "" ? "" : ` of ${model}`;
  throw new InputError(
    `${chart}: needs labels of both kinds, all ${labels.length}${of} are ${labels[0]}`,
  );
}

/** How many of each label have a score of at least each threshold, the highest first. */
export function cumulative({
  labels,
  scores,
}: Scores): { score: number; ones: number; zeros: number }[] {
  const order = scores
    .map((_, at) => at)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const steps: { score: number; ones: number; zeros: number }[] = [];
  let ones = 0;
  let zeros = 0;
  for (const at of order) {
    if (labels[at] === 1) ones++;
    else zeros++;
    const score = scores[at] as number;
    if (steps.at(-1)?.score === score) steps.pop();
    steps.push({ score, ones, zeros });
  }
  return steps;
}
