import { Resvg } from "@resvg/resvg-js";
import { expect } from "vitest";
import { renderChart } from "../../../kernel/display/chart.js";
import { renderSvg } from "../../../kernel/server/render.js";
import { CHART_FONT, textWidth } from "../../../kernel/server/text-width.js";

/** A line of text where it stands in a picture, in pixels from the top left. */
interface Line {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  level: boolean;
}

/** A chart as a reader sees it. */
export interface Picture {
  svg: string;
  text: string[];
  /** What the notebook says where it cannot draw. */
  caption: string;
  /** How many shapes the picture has, its frame and background not counted. */
  marks: number;
}

/**
 * Draws a chart and looks at it: no NaN, nothing outside the view box, no line of text over another,
 * the same bytes a second time.
 */
export async function look(spec: object): Promise<Picture> {
  const { data } = renderChart(spec);
  const chart = data["application/vnd.vegalite.v5+json"] as object;
  expect(chart).toEqual(JSON.parse(JSON.stringify(spec)));
  const svg = await renderSvg(chart, "vega-lite");
  expect(await renderSvg(chart, "vega-lite")).toBe(svg);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  const lines = linesOf(svg);
  const level = lines.filter((line) => line.level);
  for (const [at, line] of level.entries()) {
    for (const other of level.slice(at + 1)) {
      expect(crossing(line, other), `"${line.text}" lies over "${other.text}"`).toBe(false);
    }
  }
  expectInside(svg);
  return {
    svg,
    text: lines.map(({ text }) => text),
    caption: String(data["text/plain"]),
    marks: [...svg.matchAll(/<path (?!class)/g)].length,
  };
}

function expectInside(svg: string): void {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const unclothed = svg.replace(/<rect width="[\d.]+" height="[\d.]+" fill="[^"]*"\/>/, "");
  const box = new Resvg(unclothed, { font: CHART_FONT }).getBBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(Number(width));
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(Number(height));
}

const ELEMENT = /<\/?(g|text)\b([^>]*)>/g;

/** The lines of text, found by adding up the translations around them. */
function linesOf(svg: string): Line[] {
  const lines: Line[] = [];
  const origins: [number, number][] = [[0, 0]];
  for (const { 0: tag, 1: name, 2: attributes = "", index } of svg.matchAll(ELEMENT)) {
    const closing = tag.startsWith("</");
    if (name === "g" && closing) origins.pop();
    if (closing) continue;
    const [x, y] = origins.at(-1) as [number, number];
    const moved = /translate\((-?[\d.]+),\s*(-?[\d.]+)\)/.exec(attributes);
    const origin: [number, number] = [x + Number(moved?.[1] ?? 0), y + Number(moved?.[2] ?? 0)];
    if (name === "g") origins.push(origin);
    if (name !== "text" || attributes.includes(' opacity="0"')) continue;
    const from = index + tag.length;
    const text = svg.slice(from, svg.indexOf("<", from));
    const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1]);
    const weight = attributes.includes('font-weight="bold"') ? "bold" : "normal";
    const width = textWidth(text, size, weight);
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
    const left = origin[0] - width * ({ start: 0, middle: 0.5, end: 1 }[anchor] ?? 0);
    const [top, bottom] = [origin[1] - 0.72 * size, origin[1] + 0.15 * size];
    const level = !attributes.includes("rotate");
    lines.push({ text, left, right: left + width, top, bottom, level });
  }
  return lines.filter(({ text }) => text !== "");
}

function crossing(a: Line, b: Line): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
