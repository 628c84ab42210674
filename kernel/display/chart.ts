import { signal } from "../extension/cooperation.js";
import { didYouMean, InputError } from "../extension/input-error.js";
import type { Rendered } from "./mimebundle.js";
import { shortText } from "./text.js";

type Json = Record<string, unknown>;

/** Rows a notebook carries without a word; above it the chart says how to have fewer. */
const MANY_ROWS = 5000;

/** The marks of Vega-Lite. */
export const MARKS: ReadonlySet<string> = new Set(
  "arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail".split(
    " ",
  ),
);

const warned = new WeakSet<AbortSignal>();

/**
 * The mimebundle of a Vega-Lite or Vega specification: the chart and a line that says what it shows.
 *
 * The specification is copied as JSON: dates become ISO text, bigints numbers where these are exact
 * and text otherwise, NaN and infinities null. `$schema` becomes version 5, the one JupyterLab draws.
 * More than 5,000 inline rows are drawn too, with a note in the text and, once a cell, on stderr.
 * `$schema` is for a specification that names none. What is no object, or has an unknown mark, is an
 * InputError.
 */
export function renderChart(spec: object, $schema?: string): Rendered {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new InputError(`a chart's specification is an object, not ${shortText(spec, 60)}`);
  }
  const chart = asJson($schema === undefined ? spec : { $schema, ...spec });
  const kind = isVega(chart) ? "vega" : "vega-lite";
  chart.$schema = `https://vega.github.io/schema/${kind}/v5.json`;
  if (kind === "vega") chart.background ??= "white";
  const notes = [describe(chart, kind)];
  const { rows, urls } = dataOf(chart, kind);
  if (rows > MANY_ROWS) {
    const note = `${count(rows)} rows are stored in this chart (more than ${count(MANY_ROWS)}): aggregate first (a mean by day, counts by bin) or draw a sample`;
    notes.push(note);
    if (!warned.has(signal())) {
      warned.add(signal());
      console.warn(note);
    }
  }
  if (urls.length > 0) notes.push(`data loaded by the viewer from ${urls.join(", ")}`);
  return {
    data: {
      [kind === "vega" ? "application/vnd.vega.v5+json" : "application/vnd.vegalite.v5+json"]:
        chart,
      "text/plain": notes.join("\n"),
    },
  };
}

function asJson(spec: object): Json {
  return JSON.parse(
    JSON.stringify(spec, (_, value: unknown) => {
      if (typeof value === "bigint") {
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      }
      return ArrayBuffer.isView(value) && "length" in value
        ? Array.from(value as Uint8Array)
        : value;
    }),
  );
}

function isVega(spec: Json): boolean {
  if (typeof spec.$schema === "string") return !spec.$schema.includes("vega-lite");
  return Array.isArray(spec.marks);
}

/** Inline rows and outside addresses of every data source in the specification. */
function dataOf(spec: Json, kind: "vega" | "vega-lite"): { rows: number; urls: string[] } {
  let rows = 0;
  const urls = new Set<string>();
  for (const values of Object.values(record(spec.datasets))) rows += list(values).length;
  const visit = (view: Json) => {
    if (kind === "vega-lite" && view.mark !== undefined) checkMark(markOf(view), view.mark);
    for (const source of Array.isArray(view.data) ? view.data.map(record) : [record(view.data)]) {
      rows += list(source.values).length;
      if (typeof source.url === "string") urls.add(source.url);
    }
    const spec = view.spec === undefined ? [] : [view.spec];
    const parts = [view.layer, view.hconcat, view.vconcat, view.concat, view.marks, spec];
    for (const part of parts.flatMap(list)) visit(record(part));
  };
  visit(spec);
  return { rows, urls: [...urls] };
}

function checkMark(type: string, mark: unknown): void {
  if (MARKS.has(type)) return;
  throw new InputError(
    `Vega-Lite has no mark ${shortText(mark, 60)}${didYouMean(type, MARKS)}; marks are ${[...MARKS].join(", ")}`,
  );
}

function describe(spec: Json, kind: "vega" | "vega-lite"): string {
  if (typeof spec.description === "string") return spec.description;
  const title = titleOf(spec.title);
  const headed = (what: string) => (title === "" ? what : `${what} "${title}"`);
  if (kind === "vega") return headed("Vega chart");
  for (const [key, how] of [
    ["hconcat", "side by side"],
    ["vconcat", "one below the other"],
    ["concat", "in a grid"],
  ] as const) {
    const parts = list(spec[key]).map(record);
    if (parts.length > 0) {
      const each = parts.map((part) => describe({ ...part, data: part.data ?? spec.data }, kind));
      return `${headed(`${parts.length} charts ${how}`)}: ${each.join("; ")}`;
    }
  }
  const view = spec.spec === undefined ? spec : { ...record(spec.spec), data: spec.data };
  const layers = list(view.layer).map(record);
  const marks = (layers.length > 0 ? layers : [view]).map(markOf).filter((mark) => mark !== "");
  const encoding = Object.assign({}, ...layers.map((l) => l.encoding).reverse(), view.encoding);
  const facts = [axes(encoding), ...sizes(view, layers, record(encoding))].filter(
    (fact) => fact !== "",
  );
  const what = headed(
    [...new Set(marks)].map((mark) => KINDS[mark] ?? `${mark} chart`).join(" and ") ||
      "Vega-Lite chart",
  );
  return facts.length > 0 ? `${what}: ${facts.join(", ")}` : what;
}

const KINDS: Record<string, string> = {
  arc: "pie chart",
  circle: "scatter plot",
  point: "scatter plot",
  rect: "heat map",
};

function axes(encoding: Json): string {
  const named = ["x", "y", "theta"].map((channel) => fieldOf(encoding[channel]));
  return named.filter((name) => name !== "").join(" x ");
}

function fieldOf(channel: unknown): string {
  const { field, aggregate, type } = record(channel);
  const name = [aggregate, field].filter((part) => typeof part === "string").join(" of ");
  return name !== "" && typeof type === "string" ? `${name} (${type})` : name;
}

function sizes(view: Json, layers: readonly Json[], encoding: Json): string[] {
  const sources = [view, ...layers].map((v) => list(record(v.data).values));
  const rows = sources.find((values) => values.length > 0);
  if (rows === undefined) return [];
  const facts = [plural(rows.length, "point")];
  const { field, type } = record(encoding.color);
  if (typeof field === "string" && type !== "quantitative") {
    facts.push(plural(new Set(rows.map((row) => record(row)[field])).size, "series"));
  }
  return facts;
}

function markOf(view: Json): string {
  const mark = typeof view.mark === "string" ? view.mark : record(view.mark).type;
  return typeof mark === "string" ? mark : "";
}

function titleOf(title: unknown): string {
  const text =
    typeof title === "object" && title !== null && !Array.isArray(title)
      ? record(title).text
      : title;
  return Array.isArray(text) ? text.join(" ") : typeof text === "string" ? text : "";
}

function plural(n: number, noun: string): string {
  return `${count(n)} ${n === 1 || noun === "series" ? noun : `${noun}s`}`;
}

function count(n: number): string {
  return n.toLocaleString("en-US");
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
