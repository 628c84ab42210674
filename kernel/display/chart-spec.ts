import { MARKS, renderChart } from "./chart.js";
import { isRecord } from "./records.js";
import type { Formatter } from "./registry.js";

const VEGA_MARKS = new Set(
  "arc area group image line path rect rule shape symbol text trail".split(" "),
);

/** Vega-Lite and Vega specifications, drawn as charts. */
export const chart: Formatter = {
  name: "chart",
  match: isChartSpec,
  format: (spec: object) => renderChart(spec),
};

interface Specifier {
  toSpec(): object;
}

/** Builders whose `toSpec()` gives a Vega-Lite or Vega specification. */
export const specifier: Formatter = {
  name: "toSpec",
  match: (value) =>
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    typeof (value as Specifier).toSpec === "function",
  format: (value: Specifier) => renderChart(value.toSpec()),
};

/**
 * True for a Vega-Lite or Vega specification: one that names its `$schema`, or whose marks and data
 * leave no doubt; an ordinary object with a key `mark` or `layer` is none.
 */
export function isChartSpec(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (typeof value.$schema === "string") {
    return /\/schema\/vega(-lite)?\//.test(value.$schema);
  }
  return isVegaLite(value) || isVega(value);
}

function isVegaLite(view: unknown): boolean {
  if (!isRecord(view)) return false;
  if (isMark(view.mark, MARKS)) return isRecord(view.encoding) || isRecord(view.data);
  for (const key of ["layer", "hconcat", "vconcat", "concat"]) {
    const parts = view[key];
    if (Array.isArray(parts)) return parts.length > 0 && parts.every(isPart);
  }
  const repeated = isRecord(view.facet) || view.repeat !== undefined;
  return repeated && isPart(view.spec);
}

/** A part may have its encoding and data from the whole. */
function isPart(view: unknown): boolean {
  return isVegaLite(view) || (isRecord(view) && isMark(view.mark, MARKS));
}

function isVega(spec: Record<string, unknown>): boolean {
  const { marks } = spec;
  const described = ["data", "scales", "signals"].some((key) => Array.isArray(spec[key]));
  return described && Array.isArray(marks) && marks.every((mark) => isMark(mark, VEGA_MARKS));
}

function isMark(mark: unknown, known: ReadonlySet<string>): boolean {
  const type = isRecord(mark) ? mark.type : mark;
  return typeof type === "string" && known.has(type);
}
