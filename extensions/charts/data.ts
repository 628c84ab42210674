import { didYouMean, InputError } from "../../kernel/extension/index.js";
import { type Column, columnOf } from "./column.js";
import { type ChartName, knownOptions } from "./known-options.js";

/** A typed array of numbers or bigints. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** One value after the other: an array or a typed array. */
export type Values = readonly unknown[] | TypedArray;

/** An Apache Arrow table, by the parts of it that a chart uses. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { name: string; type: { typeId: number } }[] };
  getChild(name: string): { get(row: number): unknown } | null;
}

/** A danfojs data frame, by the parts of it that a chart uses. */
export interface Frame {
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}

/**
 * What a chart draws: records, columns (an object of arrays), one array, an Arrow table or a
 * danfojs frame. One array is the columns `index` and `value`.
 */
export type Data = Values | Readonly<Record<string, Values>> | ArrowTable | Frame;

/** The names of the columns in some data, as far as its type tells. */
export type ColumnOf<D> = D extends ArrowTable | Frame
  ? string
  : D extends TypedArray
    ? "index" | "value"
    : D extends readonly (infer Row)[]
      ? Row extends Date | string | number | bigint | boolean | null | undefined
        ? "index" | "value"
        : Extract<keyof Row, string>
      : Extract<keyof D, string>;

/** Data of any shape as named columns; only those asked for are ever read. */
export class Table {
  constructor(
    readonly chart: string,
    readonly names: readonly string[],
    readonly rows: number,
    private readonly read: (name: string) => readonly unknown[],
  ) {}

  has(name: string): boolean {
    return this.names.includes(name);
  }

  /**
   * The column that an option names; an InputError with the nearest name when there is none.
   *
   * Every table has an `index`, the row's number from 0.
   */
  column(name: string | undefined, option: string): Column {
    const known = `columns are ${this.names.join(", ")}`;
    if (name === undefined) {
      throw new InputError(`${this.chart}: say which column is ${option}; ${known}`);
    }
    if (name === "index" && !this.has(name)) {
      return columnOf(
        name,
        Array.from({ length: this.rows }, (_, row) => row),
        this.chart,
      );
    }
    if (!this.has(name)) {
      const near = didYouMean(name, this.names);
      throw new InputError(
        `${this.chart}: no column ${JSON.stringify(name)} for ${option}${near}; ${known}`,
      );
    }
    return columnOf(name, this.read(name), `${this.chart}: column ${JSON.stringify(name)}`);
  }

  /** The column of a table that was made from one array. */
  get series(): string | undefined {
    return this.names.join() === "index,value" ? "value" : undefined;
  }

  /** As `column`, where an option may be left out. */
  optional(name: string | undefined, option: string): Column | undefined {
    return name === undefined ? undefined : this.column(name, option);
  }

  /** As `column`, and an InputError unless it holds numbers. */
  numbers(name: string | undefined, option: string): Column {
    const column = this.column(name, option);
    if (column.kind === "quantitative") return column;
    const sample = JSON.stringify(column.values.find((value) => value !== null));
    const fix = Number.isFinite(Number(sample?.replaceAll('"', "")))
      ? "; convert it with Number"
      : "";
    throw new InputError(
      `${this.chart}: ${option} needs numbers, column ${JSON.stringify(column.name)} holds ${column.kind === "temporal" ? "dates" : "text"} such as ${sample}${fix}`,
    );
  }
}

/** Some data as a table for the chart named; an InputError for a misspelt option, or data that are empty or ragged. */
export function tableOf(data: Data, chart: ChartName, options: object): Table {
  knownOptions(chart, options);
  const table = read(data, chart);
  if (table.rows === 0) throw new InputError(`${chart}: the data is empty`);
  return table;
}

function read(data: Data, chart: string): Table {
  if (isArrow(data)) {
    const fields = data.schema.fields;
    return new Table(
      chart,
      fields.map((field) => field.name),
      data.numRows,
      (name) => {
        const type = fields.find((field) => field.name === name)?.type.typeId;
        const vector = data.getChild(name);
        const dated = type === ARROW_DATE || type === ARROW_TIMESTAMP;
        return Array.from({ length: data.numRows }, (_, row) => {
          const value = vector?.get(row);
          return dated && typeof value === "number" ? new Date(value) : value;
        });
      },
    );
  }
  if (isFrame(data)) {
    const { columns, values } = data;
    return new Table(chart, columns, values.length, (name) => {
      const at = columns.indexOf(name);
      return values.map((row) => (Array.isArray(row) ? row[at] : row));
    });
  }
  if (isValues(data))
    return Array.from(data).some(isRecord) ? ofRecords(data, chart) : ofSeries(data, chart);
  if (isRecord(data)) return ofColumns(data, chart);
  throw new InputError(
    `${chart}: data must be records, columns, an array, an Arrow table or a danfojs frame, not ${data === null ? "null" : typeof data}`,
  );
}

const ARROW_DATE = 8;
const ARROW_TIMESTAMP = 10;

function ofRecords(data: Values, chart: string): Table {
  const names = new Set<string>();
  const records = Array.from(data as readonly unknown[], (row, at) => {
    if (!isRecord(row)) throw new InputError(`${chart}: row ${at} is ${String(row)}, not a record`);
    for (const name of Object.keys(row)) names.add(name);
    return row;
  });
  return new Table(chart, [...names], records.length, (name) => records.map((row) => row[name]));
}

function ofSeries(data: Values, chart: string): Table {
  const columns = { index: Array.from(data, (_, at) => at), value: Array.from<unknown>(data) };
  return new Table(chart, ["index", "value"], data.length, (name) => columns[name as "value"]);
}

function ofColumns(data: Record<string, unknown>, chart: string): Table {
  const entries = Object.entries(data).map(([name, values]) => {
    if (isValues(values)) return [name, values] as const;
    throw new InputError(
      `${chart}: column ${JSON.stringify(name)} is ${values === null ? "null" : typeof values}, not an array`,
    );
  });
  const lengths = entries.map(([, values]) => values.length);
  if (new Set(lengths).size > 1) {
    const each = entries.map(([name, values]) => `${name} ${values.length}`).join(", ");
    throw new InputError(`${chart}: columns must be equally long, these are: ${each}`);
  }
  const columns = Object.fromEntries(entries);
  return new Table(chart, Object.keys(columns), lengths[0] ?? 0, (name) =>
    Array.from<unknown>(columns[name] ?? []),
  );
}

function isArrow(data: Data): data is ArrowTable {
  return isRecord(data) && typeof data.numRows === "number" && typeof data.getChild === "function";
}

function isFrame(data: Data): data is Frame {
  return (
    isRecord(data) &&
    Array.isArray(data.columns) &&
    Array.isArray(data.shape) &&
    Array.isArray(data.values)
  );
}

function isValues(data: unknown): data is Values {
  return Array.isArray(data) || (ArrayBuffer.isView(data) && !(data instanceof DataView));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}
