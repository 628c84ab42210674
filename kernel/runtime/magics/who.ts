import process from "node:process";
import { display } from "../../display/index.js";
import { renderTable } from "../../display/table.js";
import type { Magic } from "../../extension/contract.js";
import { describe } from "../snapshot.js";

/** `%who`: the user's variables. */
export function who(names: () => [name: string, value: unknown][]): Magic {
  return {
    doc: "Lists the names that cells declared, with type and value.",
    form: "line",
    run: () => {
      const rows = names().map(([name, value]) => {
        const { type, preview } = describe(value);
        return { name, type, value: preview.replace(/\s+/g, " ") };
      });
      if (rows.length === 0) {
        process.stdout.write("no cell has declared a name yet\n");
        return;
      }
      const table = renderTable({
        rows: rows.length,
        shown: rows.length,
        label: (row) => rows[row]?.name ?? "",
        columns: [
          { name: "type", type: () => "", at: (row) => rows[row]?.type },
          { name: "value", type: () => "", at: (row) => rows[row]?.value },
        ],
      });
      display.raw(table.data);
    },
  };
}
