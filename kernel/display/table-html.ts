import { escapeHtml } from "./html.js";
import type { Cell, ShownColumn, ShownTable } from "./table.js";
import { grouped } from "./text.js";

// Inherits colour and font, so that it is legible on whatever the page is: light, dark, printed.
// The doubled class outweighs JupyterLab, which aligns every cell right.
const STYLE = `<style>
.retro-table{overflow-x:auto;font-variant-numeric:tabular-nums}
.retro-table table{border-collapse:collapse;border:0;margin:0;font-size:13px;line-height:1.35}
.retro-table th,.retro-table td{border:0}
.retro-table.retro-table th,.retro-table.retro-table td{padding:.3em .9em;text-align:left;vertical-align:baseline;white-space:pre;max-width:28em;overflow:hidden;text-overflow:ellipsis}
.retro-table thead th{border-bottom:1px solid rgba(128,128,128,.55);font-weight:600}
.retro-table tbody tr+tr>*{border-top:1px solid rgba(128,128,128,.18)}
.retro-table.retro-table .n{text-align:right}
.retro-table small{display:block;font-size:11px;font-weight:400}
.retro-table small,.retro-table tbody th,.retro-table i,.retro-table p{opacity:.62;font-weight:400}
.retro-table p{margin:.5em .9em;font-size:12px}
</style>`;

/** A table as an HTML fragment that brings its own style; every text in it is escaped. */
export function tableHtml(table: ShownTable): string {
  const { columns, columnsBefore: split, columnsHidden, rowsBefore, moreRows } = table;
  const row = (label: string, cell: (column: ShownColumn) => string, gap: string) => {
    const cells = columns.map(cell);
    if (columnsHidden > 0) cells.splice(split, 0, gap);
    return `<tr>${label}${cells.join("")}</tr>`;
  };
  const gapHead = `<th><i>…</i><small>${grouped(columnsHidden)} more</small></th>`;
  const rows = table.labels.map((label, i) =>
    row(
      `<th${classOf(table.numbered)} scope="row">${escapeHtml(label)}</th>`,
      ({ right, cells }) => `<td${classOf(right)}>${content(cells[i] as Cell)}</td>`,
      "<td><i>…</i></td>",
    ),
  );
  if (moreRows !== "") {
    const span = columns.length + (columnsHidden > 0 ? 1 : 0);
    rows.splice(rowsBefore, 0, `<tr><th></th><td colspan="${span}"><i>${moreRows}</i></td></tr>`);
  }
  return [
    `<div class="retro-table">${STYLE}<table>`,
    `<thead>${row("<th></th>", head, gapHead)}</thead>`,
    `<tbody>\n${rows.join("\n")}\n</tbody></table>`,
    `<p>${table.shape}</p></div>`,
  ].join("\n");
}

function head({ name, type, right }: ShownColumn): string {
  return `<th${classOf(right)} scope="col">${escapeHtml(name)}<small>${escapeHtml(type)}</small></th>`;
}

function content({ text, muted }: Cell): string {
  return muted ? `<i>${escapeHtml(text)}</i>` : escapeHtml(text);
}

function classOf(right: boolean): string {
  return right ? ' class="n"' : "";
}
