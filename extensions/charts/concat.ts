import type { TopLevelSpec } from "vega-lite";
import { InputError } from "../../kernel/extension/index.js";
import { type ChartOptions, chart } from "./chart.js";

/** Several charts as one specification. */
export type ConcatChart = Extract<TopLevelSpec, { hconcat: unknown } | { vconcat: unknown }>;

/** Each chart keeps its own colours and legends. */
const APART = { scale: { color: "independent", size: "independent" } };

type Headline = Pick<ChartOptions, "title" | "subtitle">;

/**
 * Charts side by side.
 *
 * @example vl.hconcat([vl.roc(scores), vl.calibration(scores)], { title: "Click model" })
 */
export function hconcat(charts: readonly TopLevelSpec[], options: Headline = {}): ConcatChart {
  return chart({ hconcat: parts(charts, "vl.hconcat"), spacing: 32, resolve: APART }, options);
}

/**
 * Charts one below the other.
 *
 * @example vl.vconcat([vl.line(log, { x: "day", y: "clicks" }), vl.line(log, { x: "day", y: "cost" })])
 */
export function vconcat(charts: readonly TopLevelSpec[], options: Headline = {}): ConcatChart {
  return chart({ vconcat: parts(charts, "vl.vconcat"), spacing: 24, resolve: APART }, options);
}

/** Charts without what only the whole may say, their selections' names apart from each other. */
function parts(charts: readonly TopLevelSpec[], name: string): object[] {
  if (charts.length === 0) throw new InputError(`${name}: needs at least one chart`);
  return charts.map((whole, at) => {
    const { $schema: _, config: __, title, ...part } = whole;
    const head = title === undefined ? {} : { title: quieter(title) };
    return { ...head, ...(renamed(part, `_${at + 1}`) as object) };
  });
}

/** A title that stands below the title of the whole. */
function quieter(title: NonNullable<TopLevelSpec["title"]>): object {
  const fontSize = 13;
  return typeof title === "object" && "text" in title
    ? { fontSize, ...title }
    : { text: title, fontSize };
}

/** A copy in which every selection, where it is made and where it is used, has a suffix. */
function renamed(value: unknown, suffix: string, within = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, suffix, within));
  if (typeof value !== "object" || value === null || within === "data") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const named =
        typeof item === "string" && (key === "param" || (key === "name" && within === "params"));
      return [key, named ? `${item}${suffix}` : renamed(item, suffix, key)];
    }),
  );
}
