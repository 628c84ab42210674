import { parse, type Spec, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

// This file runs in the reader's browser, and these few lines are all it needs to know of one.
interface Place {
  className: string;
  dataset: { kind?: string };
  hidden: boolean;
  innerHTML: string;
  scrollWidth: number;
  clientWidth: number;
  offsetWidth: number;
  offsetHeight: number;
  style: { left: string; top: string };
  textContent: string | null;
  append(...places: (Place | string)[]): void;
  prepend(place: Place): void;
  remove(): void;
  querySelector(selector: string): Place | null;
}
declare const document: {
  body: Place;
  createElement(tag: string): Place;
  querySelectorAll(selector: string): Iterable<Place>;
};
declare const innerWidth: number;
declare const innerHeight: number;

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);

for (const figure of document.querySelectorAll("figure.chart")) {
  draw(figure).catch((error: unknown) => console.warn("the picture stays:", error));
}

/** Puts the live chart in the place of its picture; where it does not fit, the picture stays. */
async function draw(figure: Place): Promise<void> {
  const text = figure.querySelector("script")?.textContent ?? "";
  const spec = JSON.parse(text) as TopLevelSpec | Spec;
  const vega = figure.dataset.kind === "vega" ? (spec as Spec) : compile(spec as TopLevelSpec).spec;
  const still = figure.querySelector("img, pre");
  const place = document.createElement("div");
  figure.prepend(place);
  if (still) still.hidden = true;
  try {
    const view = new View(parse(vega), { renderer: "svg", container: place as never, hover: true });
    view.tooltip((_, event, __, value) => showTip(event as unknown as Point, value));
    await view.runAsync();
    if (figure.scrollWidth > figure.clientWidth) figure.className = "chart wide";
    if (figure.scrollWidth <= figure.clientWidth || still === null) return;
    figure.className = "chart";
    view.finalize();
    throw new Error("the screen is narrower than the chart");
  } catch (error) {
    place.remove();
    if (still) still.hidden = false;
    throw error;
  }
}

interface Point {
  clientX: number;
  clientY: number;
}

function showTip({ clientX, clientY }: Point, value: unknown): void {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  tip.textContent = "";
  const rows = typeof value === "object" ? Object.entries(value as object) : [["", value]];
  for (const [name, content] of rows) {
    for (const text of [name, content]) {
      const cell = document.createElement("span");
      cell.textContent = String(text);
      tip.append(cell);
    }
  }
  tip.style.left = `${Math.min(clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
}
