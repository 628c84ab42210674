import { InputError } from "../../kernel/extension/index.js";

/** A value at a time; a number is milliseconds, a text ISO 8601 (UTC where it names no zone). */
export interface TimedValue {
  time: Date | number | string;
  value: number | null | undefined;
}

/** What can be fed: a value, alone or with its time. NaN, null and Infinity are missing values. */
export type Observation = number | null | undefined | TimedValue;

/** An observation taken apart; null where there is no finite value. */
export interface Reading {
  value: number | null;
  time?: Date;
}

/** Reads one observation, or throws an InputError that names the metric. */
export function read(point: Observation, metric: string): Reading {
  const timed = typeof point === "object" && point !== null;
  const given = timed ? point.value : point;
  if (given !== null && given !== undefined && typeof given !== "number") {
    throw new InputError(`${metric}: a value is a number or null, not ${JSON.stringify(given)}`);
  }
  const value = Number.isFinite(given) ? (given as number) : null;
  return timed ? { value, time: instant(point.time, metric) } : { value };
}

function instant(time: Date | number | string, metric: string): Date {
  const naive = typeof time === "string" && !/(Z|[+-]\d\d:?\d\d)$/i.test(time);
  const date = new Date(naive && /\d:\d/.test(time) ? `${time.replace(" ", "T")}Z` : time);
  if (Number.isNaN(date.getTime())) {
    throw new InputError(
      `${metric}: ${JSON.stringify(time)} is not a time; write 2025-03-05T14:00`,
    );
  }
  return date;
}
