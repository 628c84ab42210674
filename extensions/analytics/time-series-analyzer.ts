import { InputError } from "../../kernel/extension/index.js";
import { checked, SENSITIVITY, type TimeSeriesAnalyzerOptions } from "./analyzer-options.js";
import { quantile } from "./median.js";
import { type Observation, type Reading, read } from "./observation.js";
import { COUNTED, type Rhythm, rhythmOf, slotName } from "./season.js";
import { type BaselineState, SeasonalBaseline } from "./seasonal-baseline.js";
import { spread } from "./spread.js";
import { explain, type NoAnomaly, type Verdict } from "./verdict.js";

/** Distances kept to know how far ordinary points stray: two weeks of hours. */
const STRAY = 336;
/** A longer season must cut the forecasts' error to this share to be taken. */
const BETTER = 0.85;
/** Points that show how far apart points are. */
const OPENING = 12;

/** Anomalies at most six points apart. */
interface Incident {
  first: number;
  last: number;
  /** When it began, in milliseconds; null without times. */
  start: number | null;
}

/** A saved analyzer: plain JSON. */
export interface AnalyzerState {
  version: 1;
  metric: string;
  options: Required<TimeSeriesAnalyzerOptions>;
  count: number;
  origin: number | null;
  rhythm: Rhythm | null;
  season: number;
  baseline: BaselineState;
  strays: number[];
  incident: Incident | null;
  least: number | null;
  history: (Omit<Verdict, "time" | "since"> & {
    time?: string;
    since: { index: number; time?: string } | null;
  })[];
}

/**
 * Watches one metric as it streams in and tells unusual points from the usual rise and fall.
 *
 * Each point is judged by the points before it: what is normal at this hour (or day) of the season
 * is a drifting level plus the position's median, give or take the median absolute deviation. A
 * point is an anomaly when it strays further than `sensitivity` robust sigmas and clearly further
 * than 99 of 100 recent points did. Anomalies are winsorised before they join the past, so they do
 * not teach the analyzer that they are normal. The first three seasons (24 points at least) are
 * warm-up: nothing is an anomaly. Counts that are mostly 0 say little by the hour: sum them over
 * days first. The same points give the same verdicts, whatever follows.
 *
 * @example
 * const analyzer = new TimeSeriesAnalyzer("conversion_rate");
 * for (const { time, cvr } of hours) {
 *   const verdict = analyzer.update({ time, value: cvr });
 *   if (verdict.anomaly) console.log(analyzer.explain());
 * }
 *
 * @throws {InputError} for options out of range, times that run backwards, and times for some
 * points only.
 */
export class TimeSeriesAnalyzer {
  readonly metricName: string;
  readonly options: Readonly<Required<TimeSeriesAnalyzerOptions>>;
  #count = 0;
  #origin: number | null = null;
  #rhythm: Rhythm | null = null;
  #baseline: SeasonalBaseline;
  #strays: number[] = [];
  #incident: Incident | null = null;
  #least: number | null = null;
  #history: Verdict[] = [];

  constructor(metricName: string, options: TimeSeriesAnalyzerOptions = {}) {
    this.metricName = metricName;
    this.options = checked(options);
    this.#baseline = new SeasonalBaseline(options.season === "auto" ? 1 : (options.season ?? 1));
  }

  /** Judges the point, then lets it join the past; the verdict is returned. */
  update(point: Observation): Verdict {
    const { value, time } = this.#read(point);
    this.#settle(time);
    const verdict = this.#judge(value, time);
    this.#learn(verdict);
    this.#history.push(verdict);
    if (this.#history.length > this.options.historyLength) this.#history.shift();
    this.#count += 1;
    this.#reviewSeason();
    return verdict;
  }

  /**
   * Whether a point is an anomaly, judged without letting it join the past.
   *
   * Asked about the point that was updated last, it repeats that point's verdict; asked about
   * another, it judges it as the next one. A plain number counts as the last point when it equals
   * its value: give times where the same value may come twice.
   */
  isAnomaly(point: Observation): boolean {
    const { value, time } = this.#read(point);
    const last = this.#history.at(-1);
    const same = last?.value === value && last?.time?.getTime() === time?.getTime();
    return same && last ? last.anomaly : this.#judge(value, time).anomaly;
  }

  /** The last points with their verdicts, oldest first: records for a table or `vl.timeSeries`. */
  getHistory(): Verdict[] {
    return [...this.#history];
  }

  /** The season in force, in points; 1 while none is known. */
  get season(): number {
    return this.#baseline.season;
  }

  /** A verdict in one sentence, the last one's by default. */
  explain(verdict: Verdict | undefined = this.#history.at(-1)): string {
    return verdict === undefined ? `${this.metricName} has no points yet.` : explain(verdict);
  }

  /** The whole state; `fromJSON` goes on from it exactly. */
  toJSON(): AnalyzerState {
    return {
      version: 1,
      metric: this.metricName,
      options: { ...this.options },
      count: this.#count,
      origin: this.#origin,
      rhythm: this.#rhythm,
      season: this.season,
      baseline: this.#baseline.toJSON(),
      strays: [...this.#strays],
      incident: this.#incident && { ...this.#incident },
      least: this.#least,
      history: JSON.parse(JSON.stringify(this.#history)),
    };
  }

  /** An analyzer as it was saved, from the object or its text. */
  static fromJSON(saved: AnalyzerState | string): TimeSeriesAnalyzer {
    const state = parsed(saved);
    const analyzer = new TimeSeriesAnalyzer(state.metric, state.options);
    analyzer.#count = state.count;
    analyzer.#origin = state.origin;
    analyzer.#rhythm = state.rhythm;
    analyzer.#baseline = new SeasonalBaseline(state.season, structuredClone(state.baseline));
    analyzer.#strays = [...state.strays];
    analyzer.#incident = state.incident && { ...state.incident };
    analyzer.#least = state.least;
    analyzer.#history = state.history.map((verdict) => ({
      ...verdict,
      ...dated(verdict),
      since: verdict.since && { ...verdict.since, ...dated(verdict.since) },
    })) as Verdict[];
    return analyzer;
  }

  #read(point: Observation): Reading {
    const reading = read(point, this.metricName);
    const { time } = reading;
    const last = this.#history.at(-1);
    if (last && (time === undefined) !== (last.time === undefined)) {
      const [now, before] = time === undefined ? ["without", "with"] : ["with", "without"];
      throw new InputError(
        `${this.metricName}: point ${this.#count} comes ${now} a time, those before it ${before}; ` +
          "give times for all or for none",
      );
    }
    if (last?.time && time && time < last.time) {
      throw new InputError(
        `${this.metricName}: time ${time.toISOString()} comes after ${last.time.toISOString()}; ` +
          "sort the points by time",
      );
    }
    return reading;
  }

  /** Finds out how far apart the points are, once. */
  #settle(time: Date | undefined): void {
    this.#origin ??= time?.getTime() ?? 0;
    if (this.#rhythm !== null) return;
    const times = this.#history.map((verdict) => verdict.time?.getTime() ?? Number.NaN);
    if (time === undefined) this.#rhythm = COUNTED;
    else if (times.length >= OPENING) this.#rhythm = rhythmOf(times);
    else return;
    const [shortest = 1] = this.#rhythm.seasons;
    this.#baseline = this.#replay(this.options.season === "auto" ? shortest : this.options.season);
  }

  #slot(index: number, time: Date | undefined, season: number): number {
    const step = this.#rhythm?.step ?? 1;
    const position =
      time === undefined ? index : Math.round((time.getTime() - (this.#origin ?? 0)) / step);
    return position % season;
  }

  #judge(value: number | null, time: Date | undefined): Verdict {
    const slot = this.#slot(this.#count, time, this.season);
    const needed =
      this.#rhythm === null ? this.#atLeast() - this.#count : this.#baseline.missing(slot);
    const expectation = needed === 0 ? this.#baseline.expect(slot) : undefined;
    const verdict: NoAnomaly = {
      metric: this.metricName,
      index: this.#count,
      ...(time && { time }),
      value,
      expected: null,
      low: null,
      high: null,
      sigmas: null,
      state: value === null ? "missing" : "warming-up",
      anomaly: false,
      slot: slotName(slot, this.season, this.#rhythm?.step ?? 1, time),
      needed,
      since: null,
    };
    if (expectation === undefined) return verdict;
    const { expected, sigma } = expectation;
    const reach = this.#limit() * sigma;
    // A metric that was never negative is not expected to be.
    const floor = this.#least !== null && this.#least >= 0 ? 0 : Number.NEGATIVE_INFINITY;
    const usual = {
      expected: Math.max(floor, expected),
      low: Math.max(floor, expected - reach),
      high: expected + reach,
    };
    if (value === null) return { ...verdict, ...usual };
    const away = value - expected;
    const sigmas = away === 0 ? 0 : away / Math.max(sigma, Number.MIN_VALUE);
    if (Math.abs(away) <= reach) return { ...verdict, ...usual, sigmas, state: "normal" };
    const { first, start } = this.#incidentAt(verdict.index, time);
    const since = { index: first, ...(start !== null && { time: new Date(start) }) };
    return { ...verdict, ...usual, value, sigmas, state: "anomaly", anomaly: true, since };
  }

  /** The warm-up to announce before the times have told the season: that of hours. */
  #atLeast(): number {
    const { season } = this.options;
    return new SeasonalBaseline(season === "auto" ? 24 : season).warmUp;
  }

  /** Robust sigmas beyond which a point is an anomaly now. */
  #limit(): number {
    const { sigmas, margin } = SENSITIVITY[this.options.sensitivity];
    return this.#strays.length < 50
      ? sigmas
      : Math.max(sigmas, margin * quantile(this.#strays, 0.99));
  }

  /** The incident that an anomaly at `index` belongs to: the last one when it is near enough. */
  #incidentAt(index: number, time: Date | undefined): Incident {
    const open = this.#incident;
    if (open !== null && index - open.last <= 6) return { ...open, last: index };
    return { first: index, last: index, start: time?.getTime() ?? null };
  }

  #learn(verdict: Verdict): void {
    const { value, index, time, sigmas, anomaly } = verdict;
    if (value === null) return;
    this.#least = Math.min(this.#least ?? value, value);
    if (this.#rhythm === null) return;
    // An incident counts once among the strays, or a long one would raise the limit above itself.
    if (sigmas !== null && (!anomaly || verdict.since?.index === index)) {
      this.#strays.push(Math.abs(sigmas));
      if (this.#strays.length > STRAY) this.#strays.shift();
    }
    if (anomaly) this.#incident = this.#incidentAt(index, time);
    this.#baseline.learn(this.#slot(index, time, this.season), value);
  }

  /** A baseline of another season that has learned the points kept. */
  #replay(season: number): SeasonalBaseline {
    const baseline = new SeasonalBaseline(season);
    for (const { value, index, time } of this.#history) {
      if (value !== null) baseline.learn(this.#slot(index, time, season), value);
    }
    return baseline;
  }

  /** Once three longer seasons have passed, and again after six, asks whether it fits better. */
  #reviewSeason(): void {
    if (this.options.season !== "auto" || this.#rhythm === null) return;
    for (const longer of this.#rhythm.seasons) {
      const due = this.#count === 3 * longer || this.#count === 6 * longer;
      if (!due || longer <= this.season || this.#count > this.#history.length) continue;
      if (this.#residual(longer) < BETTER * this.#residual(this.season)) {
        this.#baseline = this.#replay(longer);
      }
    }
  }

  /** Robust error of one-step forecasts over the last third of what is kept. */
  #residual(season: number): number {
    const baseline = new SeasonalBaseline(season);
    const errors: number[] = [];
    for (const { value, index, time } of this.#history) {
      if (value === null) continue;
      const slot = this.#slot(index, time, season);
      const expected = baseline.expect(slot)?.expected;
      if (expected !== undefined) errors.push(value - expected);
      baseline.learn(slot, value);
    }
    return spread(errors.slice(Math.floor((2 * errors.length) / 3)));
  }
}

function parsed(saved: AnalyzerState | string): AnalyzerState {
  let state: unknown = saved;
  if (typeof saved === "string") {
    try {
      state = JSON.parse(saved);
    } catch {
      throw new InputError("the saved analyzer is not JSON");
    }
  }
  const { version } = (state ?? {}) as Partial<AnalyzerState>;
  if (version !== 1) {
    throw new InputError(`a saved analyzer has version 1, this one ${JSON.stringify(version)}`);
  }
  return state as AnalyzerState;
}

function dated({ time }: { time?: string }): { time?: Date } {
  return time === undefined ? {} : { time: new Date(time) };
}
