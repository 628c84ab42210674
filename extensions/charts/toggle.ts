import { fieldOf } from "./chart.js";
import type { Column } from "./column.js";

/** A click on a group in the legend singles it out, a second one brings the others back. */
export function toggle(color: Column, shown = 1) {
  return {
    params: [
      { name: "shown", select: { type: "point", fields: [fieldOf(color)] }, bind: "legend" },
    ],
    opacity: { condition: { param: "shown", value: shown }, value: 0.12 },
  } as const;
}
