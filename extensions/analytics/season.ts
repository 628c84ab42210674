import { median } from "./median.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** How far apart the points are and which seasons that spacing suggests, shortest first. */
export interface Rhythm {
  /** Milliseconds between points; 1 for points counted without times. */
  step: number;
  /** Season lengths in points. */
  seasons: readonly number[];
}

const RHYTHMS: readonly Rhythm[] = [
  { step: MINUTE, seasons: [1440] },
  { step: 5 * MINUTE, seasons: [288] },
  { step: 10 * MINUTE, seasons: [144] },
  { step: 15 * MINUTE, seasons: [96] },
  { step: 30 * MINUTE, seasons: [48] },
  { step: HOUR, seasons: [24, 168] },
  { step: DAY, seasons: [7] },
  { step: 7 * DAY, seasons: [1, 52] },
];

/** Points without times: no season until the past shows one of a week's days or hours. */
export const COUNTED: Rhythm = { step: 1, seasons: [1, 7, 24, 168] };

/** The rhythm nearest to the median gap between times (milliseconds, ascending). */
export function rhythmOf(times: readonly number[]): Rhythm {
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  const gap = median(gaps.filter((g) => g > 0));
  const natural = RHYTHMS.find(({ step }) => Math.abs(gap - step) <= 0.1 * step);
  return natural ?? { step: gap > 0 ? gap : 1, seasons: [1] };
}

/** A position of the season in words. */
export function slotName(slot: number, season: number, step: number, time?: Date): string {
  if (season === 1) return "any time";
  if (time === undefined || season * step > 7 * DAY) return `position ${slot + 1} of ${season}`;
  const clock = time.toISOString().slice(11, 16);
  const weekday = WEEKDAYS[time.getUTCDay()] as string;
  if (season * step === DAY) return step === HOUR ? `${clock.slice(0, 2)}:00` : clock;
  return step === DAY ? weekday : `${weekday} ${clock.slice(0, 2)}:00`;
}
