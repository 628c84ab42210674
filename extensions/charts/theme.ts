import type { Config } from "vega-lite";

const ink = "#1f2937";
const quiet = "#5b6472";
const rule = "#e5e7eb";

/** Colours with a meaning of their own; the palette's order is Okabe and Ito's, dark enough on white. */
export const colour = {
  main: "#0072b2",
  alert: "#d55e00",
  reference: "#8a93a0",
  band: "#d3e5f2",
  text: ink,
  quiet,
  palette: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#4d4d4d", "#8f8700"],
  /** Light to dark in one hue, so that the order survives grey print and every colour vision. */
  ramp: ["#f2f7fb", "#cfe1f0", "#9cc4e2", "#5b9fcd", "#2177b3", "#0b4f86", "#06325a"],
};

/** The house style: a white card, so that a chart reads the same on a light and on a dark page. */
export const theme: Config = {
  background: "#ffffff",
  padding: 14,
  font: "Arimo, Arial, Helvetica, sans-serif",
  view: {
    stroke: null,
    continuousWidth: 520,
    continuousHeight: 280,
    discreteWidth: 520,
    discreteHeight: { step: 28 },
  },
  title: {
    anchor: "start",
    frame: "group",
    color: ink,
    fontSize: 16,
    fontWeight: "bold",
    offset: 14,
    subtitleColor: quiet,
    subtitleFontSize: 12,
    subtitlePadding: 5,
  },
  axis: {
    labelColor: quiet,
    labelFontSize: 11,
    titleColor: ink,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 10,
    labelPadding: 5,
    labelLimit: 220,
    labelSeparation: 8,
    gridColor: rule,
    domainColor: "#9aa3af",
    tickColor: "#9aa3af",
    tickSize: 4,
  },
  axisX: { grid: false, labelFlush: false },
  axisXQuantitative: { tickCount: 8 },
  axisY: { domain: false, ticks: false },
  legend: {
    labelColor: ink,
    labelFontSize: 11,
    titleColor: quiet,
    titleFontSize: 11,
    titleFontWeight: "normal",
    symbolType: "circle",
    symbolSize: 70,
    symbolStrokeWidth: 0,
    symbolBaseFillColor: "#8a93a0",
    tickCount: 5,
    labelLimit: 240,
    columnPadding: 14,
  },
  header: { labelColor: ink, labelFontSize: 12, labelFontWeight: "bold", titleColor: quiet },
  range: { category: colour.palette, heatmap: colour.ramp, ramp: colour.ramp },
  mark: { color: colour.main },
  line: { strokeWidth: 2, strokeCap: "round", strokeJoin: "round" },
  text: { color: ink, fontSize: 11 },
};
