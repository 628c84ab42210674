import { didYouMean, InputError } from "../../kernel/extension/index.js";

/** Robust sigmas that are an anomaly, and the margin over what 99 of 100 recent points reached. */
export const SENSITIVITY = {
  low: { sigmas: 6, margin: 2 },
  medium: { sigmas: 4, margin: 1.5 },
  high: { sigmas: 3, margin: 1.25 },
} as const;

export type Sensitivity = keyof typeof SENSITIVITY;

export interface TimeSeriesAnalyzerOptions {
  /** Points in a season, or "auto" (the default): read from the times, 24 or 168 for hours. */
  season?: "auto" | number;
  /** How readily it alarms: at 6, 4 or 3 robust sigmas. Default "medium". */
  sensitivity?: Sensitivity;
  /** Points kept for `getHistory()`. Default 1,344, eight weeks of hours. */
  historyLength?: number;
}

/** The options with their defaults, or an InputError that names the wrong one. */
export function checked(options: TimeSeriesAnalyzerOptions): Required<TimeSeriesAnalyzerOptions> {
  const { season = "auto", sensitivity = "medium", historyLength = 1344 } = options;
  if (season !== "auto" && !(Number.isInteger(season) && season >= 1)) {
    throw new InputError(`season is "auto" or a whole number of points from 1, not ${season}`);
  }
  if (!Object.hasOwn(SENSITIVITY, sensitivity)) {
    const names = Object.keys(SENSITIVITY).join(", ");
    throw new InputError(
      `sensitivity is one of ${names}, not ${JSON.stringify(sensitivity)}` +
        didYouMean(String(sensitivity), Object.keys(SENSITIVITY)),
    );
  }
  if (!(Number.isInteger(historyLength) && historyLength >= 24)) {
    throw new InputError(`historyLength is a whole number from 24, not ${historyLength}`);
  }
  return { season, sensitivity, historyLength };
}
