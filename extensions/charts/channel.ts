import { fieldOf } from "./chart.js";
import { type Column, distinct } from "./column.js";

const DAY = 86_400_000;

/** Pixels that a letter of a label takes on average. */
const LETTER = 6;

/** Marks along a time axis, about: with more, the half that is left out may be the dates. */
const TIMES = 8;

/** Above so many days a first of the month is labelled as the month. */
const MONTHS = 120;

/** Hours, days, months and years, whichever a tick stands for. */
function timeLabel(column: Column): string {
  const times = column.values.filter((value) => typeof value === "number");
  const span = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b));
  const day = "utcFormat(datum.value, '%b %-d')";
  const month =
    "utcmonth(datum.value) ? utcFormat(datum.value, '%b') : utcFormat(datum.value, '%Y')";
  return (
    "utcseconds(datum.value) ? utcFormat(datum.value, '%H:%M:%S')" +
    " : utchours(datum.value) || utcminutes(datum.value) ? utcFormat(datum.value, '%H:%M')" +
    (span < MONTHS * DAY ? ` : ${day}` : ` : utcdate(datum.value) > 1 ? ${day} : ${month}`)
  );
}

/** Thousands as k, millions as M, thousand millions as B. */
const LARGE = {
  format: "~s",
  labelExpr: "datum.value === 0 ? '0' : replace(datum.label, 'G', 'B')",
};

/** The channel that places a column along x or y. */
export function position(column: Column, title: string, format?: string) {
  const field = { field: fieldOf(column), title };
  if (column.kind === "temporal") {
    const axis = { labelExpr: timeLabel(column), labelOverlap: true, tickCount: TIMES };
    return { ...field, type: "temporal", scale: { type: "utc" }, axis } as const;
  }
  if (column.kind === "nominal") return { ...field, type: "nominal", sort: null } as const;
  const axis = axisFormat(column, format);
  return axis === undefined
    ? ({ ...field, type: "quantitative" } as const)
    : ({ ...field, type: "quantitative", axis } as const);
}

/** The channel that names a column's value in the tooltip, in full where the axis is short. */
export function tip(column: Column, title: string, format?: string) {
  const field = { field: fieldOf(column), title };
  if (column.kind === "nominal") return { ...field, type: "nominal" } as const;
  if (column.kind === "temporal") {
    const timeUnit = grain(column);
    return { ...field, type: "temporal", timeUnit, format: GRAINS[timeUnit] } as const;
  }
  return { ...field, type: "quantitative", format: format ?? numberFormat(column) } as const;
}

/** The tooltip for some columns, each once; `format` is that of `value`. */
export function tips(
  columns: readonly (Column | undefined)[],
  label: Label,
  value?: Column,
  format?: string,
) {
  const given = columns.filter((column) => column !== undefined);
  const once = given.filter((c, at) => given.findIndex(({ name }) => name === c.name) === at);
  return once.map((column) => tip(column, label(column), column === value ? format : undefined));
}

/** Whether an axis over some values, free to leave zero out, still starts there. */
export function fromZero(...columns: readonly (Column | undefined)[]): boolean {
  const all = columns.flatMap((column) => column?.values ?? []);
  const numbers = all.filter((value) => typeof value === "number");
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = numbers.reduce((a, b) => Math.max(a, b), 0);
  return least >= 0 && least <= greatest / 2;
}

/** What readers see in place of a column's name. */
export type Label = (column: { name: string }) => string;

/** The names that the `labels` option gives, and the columns' own for the rest. */
export function labelled({
  labels = {},
}: {
  labels?: { [name: string]: string | undefined };
}): Label {
  return ({ name }) => labels[name] ?? name;
}

/** The channel that gives each value of a column a band of its own along x or y. */
export function band(column: Column, title: string, width: number) {
  if (column.kind === "temporal") return { ...position(column, title), timeUnit: grain(column) };
  const names = distinct(column).map(String);
  const longest = Math.max(...names.map((name) => name.length));
  const step = width / names.length;
  const labelAngle = (longest + 1) * LETTER <= step ? 0 : step >= 18 ? -40 : -90;
  const field = {
    field: fieldOf(column),
    title,
    axis: { labelAngle, labelOverlap: true, labelSeparation: 0 },
  };
  return column.kind === "quantitative"
    ? { ...field, type: "ordinal" as const }
    : { ...field, type: "nominal" as const, sort: null };
}

/** The channel that colours by a column's values, with the legend on top where it has room. */
export function groups(column: Column, title: string, width: number) {
  const names = distinct(column).map(String);
  const room = names.reduce((sum, name) => sum + LETTER * name.length + 34, LETTER * title.length);
  const legend = room < width ? { orient: "top", titleOrient: "left" } : {};
  return { field: fieldOf(column), type: "nominal", sort: null, title, legend } as const;
}

/** The unit of time that a column counts in, in UTC: the coarsest that loses nothing. */
export function grain(column: Column): Grain {
  const times = column.values.filter((value) => typeof value === "number");
  const all = (test: (time: number) => boolean) => times.every(test);
  if (all((time) => time % DAY === 0)) {
    const monthly = times.length > 1 && all((time) => new Date(time).getUTCDate() === 1);
    return monthly ? "utcyearmonth" : "utcyearmonthdate";
  }
  return all((time) => time % 60_000 === 0)
    ? all((time) => time % 3_600_000 === 0)
      ? "utcyearmonthdatehours"
      : "utcyearmonthdatehoursminutes"
    : "utcyearmonthdatehoursminutesseconds";
}

const GRAINS = {
  utcyearmonth: "%b %Y",
  utcyearmonthdate: "%a, %b %-d, %Y",
  utcyearmonthdatehours: "%a, %b %-d, %Y %H:%M",
  utcyearmonthdatehoursminutes: "%b %-d, %Y %H:%M",
  utcyearmonthdatehoursminutesseconds: "%b %-d, %Y %H:%M:%S",
} as const;

export type Grain = keyof typeof GRAINS;

function axisFormat(column: Column, format: string | undefined) {
  if (format !== undefined) return { format };
  if (isYears(column)) return { format: "d" };
  return largest(column) >= 10_000 ? LARGE : undefined;
}

function numberFormat(column: Column): string {
  if (isYears(column)) return "d";
  if (column.values.every((value) => value === null || Number.isInteger(value))) return ",d";
  return largest(column) >= 1 ? ",.2f" : ".3~r";
}

function isYears(column: Column): boolean {
  const year = (value: unknown) =>
    value === null || (Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 2999);
  return /year/i.test(column.name) && column.values.every(year);
}

function largest(column: Column): number {
  return column.values.reduce<number>((most, v) => Math.max(most, Math.abs(Number(v ?? 0))), 0);
}
