import { types } from "node:util";
import { alignedNumbers } from "./numbers.js";
import type { Cell } from "./table.js";
import { shortText } from "./text.js";

/** Characters of a cell. */
const WIDTH = 60;

/** The cells of a column: numbers aligned right with one number of decimals, dates without empty parts. */
export function columnCells(values: readonly unknown[]): { right: boolean; cells: Cell[] } {
  const numbers = alignedNumbers(values.filter(isNumber)).values();
  const dates = shortDates(values.filter(isDate)).values();
  const cells = values.map((value): Cell => {
    if (value === null || value === undefined) return { text: String(value), muted: true };
    if (value === "") return { text: '""', muted: true };
    if (isNumber(value)) return { text: numbers.next().value as string, muted: false };
    if (isDate(value)) return { text: dates.next().value as string, muted: false };
    const text = typeof value === "bigint" ? String(value) : shortText(value, WIDTH);
    return { text, muted: false };
  });
  const given = values.filter((value) => value !== null && value !== undefined);
  const right = given.length > 0 && given.every((v) => isNumber(v) || typeof v === "bigint");
  return { right, cells };
}

/** ISO 8601 in UTC: the date alone where all are midnight, no milliseconds where none has any. */
function shortDates(dates: readonly Date[]): string[] {
  const valid = dates.map(Number).filter((ms) => !Number.isNaN(ms));
  const whole = (unit: number) => valid.every((ms) => ms % unit === 0);
  const end = whole(86_400_000) ? 10 : whole(1_000) ? -5 : undefined;
  return dates.map((date) => {
    if (Number.isNaN(Number(date))) return "Invalid Date";
    const text = date.toISOString();
    return end === -5 ? `${text.slice(0, end)}Z` : text.slice(0, end === 10 ? -14 : end);
  });
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isDate(value: unknown): value is Date {
  return types.isDate(value);
}
