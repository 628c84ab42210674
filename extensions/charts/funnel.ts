import { type ChartOptions, chart, headline, type LayerChart } from "./chart.js";
import type { ColumnOf, Data } from "./data.js";
import { type Funnel, type FunnelColumns, funnelsOf } from "./funnel-stages.js";
import { colour } from "./theme.js";

/** What `funnel` takes. */
export interface FunnelOptions<C extends string> extends ChartOptions, FunnelColumns<C> {}

/** How much of a stage's height its bar takes; the rest tapers to the next. */
const BAR = 0.62;

/** A last stage below this share of the first would be a hair: widths then follow the square root. */
const HAIR = 0.02;

/**
 * A funnel with the count of each stage and the share that goes on to the next.
 *
 * Counts of several rows are summed first. Widths follow the counts, or their square roots where
 * the last stage would not be seen (the subtitle says so).
 *
 * @throws InputError when a column does not exist or a count is missing or negative.
 * @example vl.funnel({ impressions: 120000, clicks: 3400, conversions: 120 })
 * @example vl.funnel(log, { stages: ["impressions", "clicks", "conversions"], by: "segment" })
 */
export function funnel<const D extends Data | Readonly<Record<string, number>>>(
  data: D,
  options: FunnelOptions<ColumnOf<D>> = {},
): LayerChart {
  const funnels = funnelsOf(data, options);
  const rooted = funnels.some(({ stages }) => share(stages.at(-1), stages[0]) < HAIR);
  const several = funnels.length > 1;
  const names = funnels[0]?.stages.map(({ stage }) => stage) ?? [];
  const width = options.width ?? (several ? 150 : 380);
  const values = funnels.flatMap((one) => shapes(one, rooted));
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: null,
    scale: { domain: [names.length - (1 - BAR), 0], nice: false, zero: false },
    axis: {
      values: names.map((_, at) => at + BAR / 2),
      labelExpr: `${JSON.stringify(names)}[floor(datum.value)]`,
      grid: false,
      labelFontSize: 12,
      labelColor: colour.text,
      labelFontWeight: "bold",
      labelPadding: several ? 6 : 12,
    },
  });
  const area = (part: string, opacity: number) => ({
    transform: [{ filter: `datum.part === '${part}'` }],
    mark: { type: "area", orient: "horizontal", color: colour.main, opacity },
    encoding: {
      x: { field: "left", type: "quantitative", axis: null, scale: { domain: [-0.5, 0.5] } },
      x2: { field: "right" },
      y: y("y"),
      detail: { field: "at", type: "nominal" },
      tooltip: [
        { field: "stage", type: "nominal", title: "stage" },
        { field: "count", type: "quantitative", title: "count", format: ",d" },
        { field: "rate", type: "nominal", title: "rate" },
      ],
    },
  });
  const text = (part: string, font: object) => ({
    transform: [{ filter: `datum.part === '${part}' && datum.label` }],
    mark: { type: "text", align: "left", ...font },
    encoding: {
      x: { value: width + 10 },
      y: y("middle"),
      text: { field: "label", type: "nominal" },
    },
  });
  const layers = [
    area("step", 0.22),
    area("stage", 1),
    text("stage", { fontSize: 13, fontWeight: "bold", color: colour.text }),
    text("step", { fontSize: 11, color: colour.quiet }),
  ];
  const height = options.height ?? names.length * 72;
  const about = funnels.map((one) => describe(one)).join("; ");
  const notes = [
    ...(several ? [] : overall(funnels[0])),
    ...(rooted ? ["Widths follow the square root of the counts"] : []),
  ];
  const head = {
    title: options.title,
    subtitle: options.subtitle ?? (notes.length > 0 ? notes.join(". ") : undefined),
  };
  const view = { layer: layers, width, height };
  return chart(
    {
      description: `${headline("funnel", options)}: ${about}`,
      data: { values },
      ...(several
        ? {
            facet: {
              field: "name",
              type: "nominal",
              sort: funnels.map(({ name }) => name),
              title: null,
              header: { labelAnchor: "start" },
            },
            columns: Math.min(3, funnels.length),
            spacing: { column: 96, row: 32 },
            spec: view,
          }
        : view),
    },
    head,
  );
}

/** The corners of the bars and of what tapers between them, and the labels' places. */
function shapes({ name, stages }: Funnel, rooted: boolean) {
  const half = (at: number) => {
    const part = share(stages[at], stages[0]);
    return Math.min(1, (rooted ? Math.sqrt(part) : part) || 0) / 2;
  };
  return stages.flatMap(({ stage, count }, at) => {
    const next = stages[at + 1];
    const bar = {
      name,
      part: "stage",
      at,
      stage,
      count,
      rate: at === 0 ? "" : percent(share(stages[at], stages[at - 1])),
    };
    const step = { ...bar, part: "step" };
    const edge = (y: number, width: number) => ({ y, left: -width, right: width });
    return [
      { ...bar, ...edge(at, half(at)), middle: at + BAR / 2, label: count.toLocaleString("en-US") },
      { ...bar, ...edge(at + BAR, half(at)) },
      ...(next === undefined
        ? []
        : [
            {
              ...step,
              ...edge(at + BAR, half(at)),
              middle: at + (1 + BAR) / 2,
              label: `↓ ${percent(share(next, stages[at]))}`,
            },
            { ...step, ...edge(at + 1, half(at + 1)) },
          ]),
    ];
  });
}

function share(stage: { count: number } | undefined, whole: { count: number } | undefined): number {
  if (stage === undefined || whole === undefined || whole.count === 0) return Number.NaN;
  return stage.count / whole.count;
}

function percent(part: number): string {
  if (Number.isNaN(part)) return "no rate";
  if (part < 0.001) return `${Number((100 * part).toPrecision(2))}%`;
  return `${(100 * part).toFixed(part >= 0.1 ? 1 : 2)}%`;
}

function overall(one: Funnel | undefined): string[] {
  const first = one?.stages[0];
  const last = one?.stages.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  return [
    `${percent(share(last, first))} from ${first.stage.toLowerCase()} to ${last.stage.toLowerCase()}`,
  ];
}

function describe({ name, stages }: Funnel): string {
  const each = stages.map(({ stage, count }, at) => {
    const rate = at === 0 ? "" : ` (${percent(share(stages[at], stages[at - 1]))})`;
    return `${count.toLocaleString("en-US")} ${stage.toLowerCase()}${rate}`;
  });
  return `${name === "" ? "" : `${name}: `}${each.join(" → ")}`;
}
