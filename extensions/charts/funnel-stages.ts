import { InputError } from "../../kernel/extension/index.js";
import type { Column } from "./column.js";
import { type Data, type Table, tableOf } from "./data.js";

/** One funnel, its stages from first to last. */
export interface Funnel {
  /** Empty where there is one funnel only. */
  name: string;
  stages: { stage: string; count: number }[];
}

/** Which columns make a funnel. */
export interface FunnelColumns<C extends string> {
  /** Columns of counts, one a stage, first to last; `impressions`, `clicks`, `conversions` unless told. */
  stages?: readonly C[];
  /** Column with the stage's name, where each row is one stage. */
  stage?: C;
  /** Column of counts beside `stage`; `value` or `count` unless told. */
  value?: C;
  /** Column with a name for each of several funnels, drawn side by side. */
  by?: C;
}

const USUAL = ["impressions", "clicks", "conversions"];

/** The funnels in some data, the counts of several rows summed; every funnel has every stage. */
export function funnelsOf(
  data: Data | Readonly<Record<string, number>>,
  options: FunnelColumns<string>,
): Funnel[] {
  const table = tableOf(oneRow(data), "vl.funnel", options);
  const by = table.optional(options.by, "by");
  const sums = new Map<string, Map<string, number>>();
  const add = (row: number, stage: string, count: number) => {
    const name = by === undefined ? "" : String(by.values[row]);
    const stages = sums.get(name) ?? new Map<string, number>();
    sums.set(name, stages.set(stage, (stages.get(stage) ?? 0) + count));
  };
  const names =
    options.stage === undefined
      ? wide(table, options, add)
      : long(table, table.column(options.stage, "stage"), options.value, add);
  return [...sums].map(([name, stages]) => ({
    name,
    stages: names.map((stage) => ({ stage: capital(stage), count: stages.get(stage) ?? 0 })),
  }));
}

type Add = (row: number, stage: string, count: number) => void;

function wide(table: Table, { stages, by }: FunnelColumns<string>, add: Add): readonly string[] {
  const usual = USUAL.filter((name) => table.has(name));
  const all = table.rows === 1 ? table.names.filter((name) => name !== by) : [];
  const names = stages ?? (usual.length > 1 ? usual : all);
  if (names.length === 0) {
    throw new InputError(
      `vl.funnel: say which columns are the stages; columns are ${table.names.join(", ")}`,
    );
  }
  for (const name of names) {
    for (const [row, count] of countsOf(table, name, "stages").entries()) add(row, name, count);
  }
  return names;
}

function long(table: Table, stage: Column, value: string | undefined, add: Add): string[] {
  const name = value ?? (table.has("count") ? "count" : "value");
  for (const [row, count] of countsOf(table, name, "value").entries()) {
    add(row, String(stage.values[row]), count);
  }
  return [...new Set(stage.values)].map(String);
}

function countsOf(table: Table, name: string, option: string): number[] {
  return table.numbers(name, option).values.map((count, row) => {
    if (typeof count === "number" && count >= 0) return count;
    throw new InputError(`vl.funnel: ${name} must be 0 or more, row ${row} has ${count}`);
  });
}

/** A record of counts is one row. */
function oneRow(data: Data | Readonly<Record<string, number>>): Data {
  const isRecord = data && !Array.isArray(data) && !ArrayBuffer.isView(data);
  const isCounts = isRecord && Object.values(data).every((value) => typeof value === "number");
  return isCounts ? [data] : (data as Data);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}
