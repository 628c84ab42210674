import type { Formatter } from "./registry.js";
import { renderTable } from "./table.js";

interface Vector {
  get(row: number): unknown;
}

interface ArrowTable {
  numRows: number;
  schema: { fields: readonly { name: string; type: unknown }[] };
  getChildAt(index: number): Vector | null;
}

/** Apache Arrow tables and record batches, of whatever copy of the library. */
export const arrow: Formatter = {
  name: "arrow",
  match: (value) => {
    const table = value as Partial<ArrowTable> | null;
    return (
      typeof table === "object" &&
      typeof table?.numRows === "number" &&
      Array.isArray(table.schema?.fields) &&
      typeof table.getChildAt === "function"
    );
  },
  format: (table: ArrowTable) =>
    renderTable({
      rows: table.numRows,
      columns: table.schema.fields.map(({ name, type }, index) => {
        const vector = table.getChildAt(index);
        const spelled = String(type);
        const read = reader(spelled);
        return { name, type: () => spelled, at: (row) => read(vector?.get(row)) };
      }),
    }),
};

/** Arrow hands out moments as milliseconds and lists and structs as views of its own. */
function reader(type: string): (value: unknown) => unknown {
  if (/^(Date|Timestamp)/.test(type)) {
    return (value) => (typeof value === "number" ? new Date(value) : value);
  }
  return (value) => {
    const view = value as { toJSON?: () => unknown } | null;
    return typeof view === "object" && typeof view?.toJSON === "function" ? view.toJSON() : value;
  };
}
