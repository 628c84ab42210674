import { createHash } from "node:crypto";
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { CHART_FONT, textWidth, WIDE, writable } from "./text-width.js";

export type ChartKind = "vega-lite" | "vega";

/** Vega's own hook for a host that measures text; its declarations leave it out. */
interface TextItem {
  fontSize?: number;
  fontWeight?: string | number;
  limit?: number;
}
declare module "vega" {
  const textMetrics: { width(item: TextItem, text: unknown): number };
}

vega.textMetrics.width = (item, text) => {
  const weight = item.fontWeight === "bold" || Number(item.fontWeight) >= 600 ? "bold" : "normal";
  const width = textWidth(String(text ?? "").trim(), item.fontSize ?? 11, weight);
  return item.limit ? Math.min(width, item.limit) : width;
};

/** One sentence for the whole picture tells more to a screen reader than one for each point. */
const config = {
  font: "Arimo, Arial, Helvetica, sans-serif",
  background: "white",
  aria: false,
};
/** A picture of more shapes than anyone sees would make the notebook slow to open and to save. */
const MOST_BYTES = 4e6;

const silent = vega.logger(vega.None);

/** A specification that Vega cannot make sense of. */
export class InvalidChart extends Error {
  override name = "InvalidChart";
}

/**
 * The SVG of a specification; the same specification gives the same text.
 *
 * One at a time, because Vega counts its ids for the whole process. Data that lies at an address is
 * not fetched, and a picture above 4 MB is not given: the promise is rejected and the drawing left
 * to the viewer.
 */
export async function renderSvg(spec: object, kind: ChartKind): Promise<string> {
  const svg = await draw(spec, kind);
  if (svg.length <= MOST_BYTES) return svg;
  const size = (svg.length / 1e6).toFixed(1);
  throw new Error(`the picture would take ${size} MB of the notebook; aggregate the data first`);
}

async function draw(spec: object, kind: ChartKind): Promise<string> {
  const dataflow = parsed(spec, kind);
  let refused: string | undefined;
  const loader = vega.loader();
  loader.load = async (uri) => {
    refused ??= uri;
    throw new Error(uri);
  };
  // A link that is no address, or that would run code, leads nowhere; Vega waits for it in vain.
  const sanitize = loader.sanitize.bind(loader);
  loader.sanitize = (uri, options) => sanitize(uri, options).catch(() => ({ href: "#" }));
  vega.resetSVGDefIds();
  const view = new vega.View(dataflow, { renderer: "none", loader, logger: silent });
  try {
    const svg = await view.toSVG();
    if (refused !== undefined) {
      throw new Error(`a chart's picture is drawn from inline data only, not from ${refused}`);
    }
    return withOwnIds(writable(titled(rounded(withoutUnseen(svg)), spec)));
  } finally {
    view.finalize();
  }
}

/** An InvalidChart says why, with the first of Vega-Lite's own warnings, which tells more. */
function parsed(spec: object, kind: ChartKind): vega.Runtime {
  const warnings: string[] = [];
  const logger = vega.logger(vega.Warn, undefined, (_method, _level, [warning]) => {
    warnings.push(String(warning));
  });
  try {
    const source =
      kind === "vega-lite"
        ? compile(spec as TopLevelSpec, { config, logger }).spec
        : (spec as vega.Spec);
    return vega.parse(source, config);
  } catch (error) {
    const why = [(error as Error).message, ...warnings.slice(0, 1)].join("; ");
    const name = kind === "vega" ? "Vega" : "Vega-Lite";
    throw new InvalidChart(`this is no valid ${name} specification: ${why}`);
  }
}

/** The PNG of a specification, `scale` pixels for one of the chart's. */
export async function renderPng(spec: object, kind: ChartKind, scale: number): Promise<Uint8Array> {
  return rasterize(await draw(spec, kind), scale);
}

function rasterize(svg: string, scale: number): Uint8Array {
  // Chinese, Japanese, Korean and emoji are as the system's fonts have them; Arimo has none.
  const font = { ...CHART_FONT, loadSystemFonts: WIDE.test(svg) };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: scale } }).render().asPng();
}

/** Points of opacity 0 are there for the mouse, which a picture does not feel. */
function withoutUnseen(svg: string): string {
  return svg.replace(/<path [^>]* opacity="0"[^>]*\/>/g, "");
}

/** Coordinates to a thousandth of a pixel. */
function rounded(svg: string): string {
  return svg.replace(/ (?:d|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) =>
      String(Number(Number(number).toFixed(3))),
    ),
  );
}

function titled(svg: string, spec: { description?: unknown; title?: unknown }): string {
  const about = [spec.description, spec.title].find((text) => typeof text === "string");
  if (about === undefined) return svg;
  const escaped = String(about).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  // Given as a function: `$&` in a title is no pattern.
  return svg.replace("<svg ", () => `<svg role="img" aria-label="${escaped}" `);
}

/** Several pictures share one HTML page, so an id names its picture too. */
function withOwnIds(svg: string): string {
  const own = createHash("sha256").update(svg).digest("hex").slice(0, 8);
  return svg.replace(/(\bid="|url\(#)((?:clip|gradient_)\d+)/g, `$1c${own}-$2`);
}
