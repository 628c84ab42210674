import type { TopLevelSpec } from "vega-lite";
import { renderChart } from "../../kernel/display/index.js";
import { type Column, written } from "./column.js";
import { colour, theme } from "./theme.js";

/** A Vega-Lite specification with one mark: plain JSON, displayed as a chart, open to every edit. */
export type UnitChart = Extract<TopLevelSpec, { mark: unknown }>;

/** A Vega-Lite specification with several marks on the same axes. */
export type LayerChart = Extract<TopLevelSpec, { layer: unknown }>;

/** What every chart takes. */
export interface ChartOptions {
  title?: string;
  /** A quieter line below the title. */
  subtitle?: string;
  /** Width of the plot in pixels, axes and legend not counted. */
  width?: number;
  /** Height of the plot in pixels, axes and title not counted. */
  height?: number;
}

/** As `ChartOptions`, with readers' names for the columns `C`. */
export interface LabelledOptions<C extends string> extends ChartOptions {
  /** What axes, legends and tooltips say in place of a column's name. */
  labels?: { readonly [column in C]?: string };
}

/** Width of a plot in pixels unless told otherwise. */
export const WIDTH = 520;

/** A view's rows under the house style, as a specification that stands alone. */
export function chart<S extends TopLevelSpec>(
  view: object,
  { title, subtitle, width, height }: ChartOptions,
): S {
  const alone = { text: subtitle, fontSize: 12, fontWeight: "normal", color: colour.quiet };
  const head = subtitle === undefined ? title : title ? { text: title, subtitle } : alone;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    ...(head === undefined ? {} : { title: head }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...view,
    config: theme,
    // Copies with other options, `{ ...chart, width: 300 }`, show themselves too.
    [Symbol.for("Jupyter.display")]: showChart,
  } as unknown as S;
}

/** Other kernels than this one draw what gives its mimebundle itself. */
function showChart(this: object): object {
  return renderChart(this).data;
}

/** How a description begins: the kind of chart and its title. */
export function headline(kind: string, { title }: ChartOptions): string {
  return title === undefined ? kind : `${kind} "${title}"`;
}

/** The rows of some columns, for `data.values`; nothing but these columns enters the notebook. */
export function rowsOf(columns: readonly (Column | undefined)[]): Record<string, unknown>[] {
  const given = columns.filter((column) => column !== undefined);
  return Array.from({ length: given[0]?.values.length ?? 0 }, (_, row) =>
    Object.fromEntries(given.map((c) => [fieldOf(c), written(c.values[row] ?? null, c.kind)])),
  );
}

/** A column's name in the rows: Vega-Lite reads dots, brackets and quotes as paths. */
export function fieldOf(column: { name: string }): string {
  return column.name.replace(/[.[\]\\"']/g, "_");
}
