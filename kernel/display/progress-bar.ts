import { escapeHtml } from "./html.js";
import { grouped } from "./text.js";

/** One state of a progress bar. */
export interface BarState {
  done: number;
  total: number | undefined;
  label: string;
  /** `rate` is in items a second, unknown at the start; "stopped" is before the end. */
  phase: { kind: "running"; rate: number | undefined } | { kind: "done" } | { kind: "stopped" };
}

const CELLS = 24;

/** `training ████████░░░░░░░░ 33/100 · 12/s · 6 s left` */
export function barText(state: BarState): string {
  const filled = Math.round(part(state) * CELLS);
  const bar = state.total ? "█".repeat(filled) + "░".repeat(CELLS - filled) : "";
  const head = [state.label, bar, count(state)].filter((text) => text !== "").join(" ");
  return [head, ...facts(state)].join(" · ");
}

/** The same as an HTML fragment that takes its colours from the page. */
export function barHtml(state: BarState): string {
  const percent = Number((part(state) * 100).toFixed(1));
  const colour =
    state.phase.kind === "stopped" ? "rgba(128,128,128,.8)" : "var(--jp-brand-color1,#1f77d0)";
  const bar = state.total
    ? `<span style="flex:0 1 22em;height:6px;border-radius:3px;background:rgba(128,128,128,.25);overflow:hidden"><span style="display:block;width:${percent}%;height:100%;border-radius:3px;background:${colour}"></span></span>`
    : "";
  const label = state.label === "" ? "" : `<span>${escapeHtml(state.label)}</span>`;
  const rest = facts(state).join(" · ");
  const note = rest === "" ? "" : `<span style="opacity:.65">${rest}</span>`;
  const now = state.total
    ? ` aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}"`
    : "";
  return `<div role="progressbar"${now} style="display:flex;align-items:center;gap:12px;padding:4px 0;font-size:13px;font-variant-numeric:tabular-nums">${label}${bar}<span>${count(state)}</span>${note}</div>`;
}

function part({ done, total }: BarState): number {
  return total ? Math.min(1, done / total) : 0;
}

function count({ done, total }: BarState): string {
  return total === undefined ? grouped(done) : `${grouped(done)}/${grouped(total)}`;
}

function facts({ done, total, phase }: BarState): string[] {
  if (phase.kind !== "running") return phase.kind === "stopped" ? ["stopped"] : [];
  const { rate } = phase;
  if (rate === undefined || rate === 0) return [];
  const speed = rate >= 1 ? `${significant(rate)}/s` : `${significant(1 / rate)} s each`;
  return total === undefined
    ? [speed]
    : [speed, `${duration(Math.max(0, total - done) / rate)} left`];
}

function significant(value: number): string {
  return value >= 10 ? grouped(Math.round(value)) : value.toFixed(1);
}

/** `8 s`, `3 min 20 s`, `2 h 5 min` */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
