import type { Formatter } from "./registry.js";
import { renderTable } from "./table.js";

interface DanfoFrame {
  shape: readonly [rows: number, columns: number];
  columns: readonly string[];
  dtypes: readonly string[];
  values: readonly (readonly unknown[])[] | readonly unknown[];
  index?: readonly (string | number)[];
}

/** danfojs's DataFrame and Series, and what looks like them. */
export const danfo: Formatter = {
  name: "danfojs",
  match: (value) => {
    if (typeof value !== "object" || value === null || !("dtypes" in value)) return false;
    const { shape, columns, dtypes, values } = value as Partial<DanfoFrame>;
    return (
      [shape, columns, dtypes, values].every(Array.isArray) &&
      shape?.length === 2 &&
      columns?.length === shape[1] &&
      dtypes?.length === shape[1]
    );
  },
  format: ({ shape, columns, dtypes, values, index }: DanfoFrame) =>
    renderTable({
      rows: shape[0],
      label: (row) => String(index?.[row] ?? row),
      columns: columns.map((name, i) => ({
        name: String(name),
        type: () => String(dtypes[i]),
        at: (row) => {
          const cells = values[row];
          return Array.isArray(cells) ? cells[i] : cells;
        },
      })),
    }),
};
