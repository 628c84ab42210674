import { groups } from "./channel.js";
import { type ChartOptions, chart, type LayerChart, WIDTH } from "./chart.js";
import { colour } from "./theme.js";

/** A point of a curve over the unit square. */
export interface CurvePoint {
  x: number;
  y: number;
  threshold: number | null;
}

/** One model's curve. */
export interface Curve {
  model: string;
  /** The figure beside the model's name, as "AUC 0.81". */
  figure: string;
  points: readonly CurvePoint[];
}

const SIDE = 340;
const FINEST = 1 / 150;

/** Curves of models over the unit square, beside the line of a model that knows nothing. */
export function unitSquare(
  curves: readonly Curve[],
  axes: { x: string; y: string; interpolate: "linear" | "step-before" },
  reference: { from: number; to: number },
  description: string,
  options: ChartOptions,
): LayerChart {
  const named = curves.length > 1;
  const values = curves.flatMap(({ model, figure, points }) =>
    thinned(points).map((point) => ({ ...point, ...(named && { model: `${model} (${figure})` }) })),
  );
  const scale = { domain: [0, 1] };
  const axis = { grid: true, tickCount: 6 };
  const names = {
    name: "model",
    kind: "nominal" as const,
    values: values.map((v) => v.model ?? null),
  };
  return chart(
    {
      description,
      layer: [
        {
          data: {
            values: [
              { x: 0, y: reference.from },
              { x: 1, y: reference.to },
            ],
          },
          mark: { type: "line", color: colour.reference, strokeDash: [4, 4], strokeWidth: 1 },
          encoding: {
            x: { field: "x", type: "quantitative" },
            y: { field: "y", type: "quantitative" },
          },
        },
        {
          data: { values },
          mark: { type: "line", interpolate: axes.interpolate, point: "transparent" },
          encoding: {
            x: { field: "x", type: "quantitative", title: axes.x, scale, axis },
            y: { field: "y", type: "quantitative", title: axes.y, scale, axis },
            order: { field: "step", type: "quantitative" },
            ...(named && { color: { ...groups(names, "", WIDTH), title: null } }),
            tooltip: [
              ...(named ? [{ field: "model", type: "nominal", title: "model" }] : []),
              { field: "threshold", type: "quantitative", title: "score at least", format: ".4~g" },
              { field: "x", type: "quantitative", title: axes.x, format: ".3f" },
              { field: "y", type: "quantitative", title: axes.y, format: ".3f" },
            ],
          },
        },
      ],
    },
    { width: SIDE, height: SIDE, ...options },
  );
}

/** The points that a picture can tell apart, with their order; the first and the last always. */
function thinned(points: readonly CurvePoint[]): (CurvePoint & { step: number })[] {
  const kept: CurvePoint[] = [];
  for (const [at, point] of points.entries()) {
    const last = kept.at(-1);
    const moved = last && Math.abs(point.x - last.x) + Math.abs(point.y - last.y) >= FINEST;
    if (last === undefined || moved || at === points.length - 1) kept.push(point);
  }
  return kept.map(({ x, y, threshold }, step) => ({
    x: Number(x.toFixed(5)),
    y: Number(y.toFixed(5)),
    threshold,
    step,
  }));
}
