import { median } from "./median.js";
import { spread } from "./spread.js";

/** Seasons kept for each position, or as many as make this many points where seasons are short. */
const DEPTH = 10;
const SHORT = 168;
/** Share of a winsorised residual that moves the level. */
const DRIFT = 0.05;
/** Robust sigmas beyond which a residual no longer pulls the level harder. */
const CLIP = 3;
/** How many points the spread of all positions weighs beside that of one position. */
const POOL = 4;
/** Steps smaller than this share of the level are never news, even for a series that stood still. */
const FLOOR = 1e-3;
/** What the past says about the next value. */
export interface Expectation {
  expected: number;
  /** Robust standard deviation of a value about `expected`, above 0 unless everything was 0. */
  sigma: number;
}

/** The whole of a baseline as JSON. */
export interface BaselineState {
  level: number | null;
  learned: number;
  /** Slot and value of what came before the level was known. */
  opening: [slot: number, value: number][];
  offsets: number[][];
  residuals: number[][];
  recent: number[];
}

/**
 * A robust seasonal baseline: a slowly drifting level plus the median offset of each position.
 *
 * Offsets are medians of the last 10 seasons (168 points where that is more); the spread is the median absolute residual of the
 * position, pooled with that of all; the level follows residuals winsorised at 3 robust sigmas, so
 * that one spike moves it by at most 0.15 sigma. Memory is O(season), whatever was fed.
 *
 * Gelper, Fried and Croux, Robust forecasting with exponential and Holt-Winters smoothing (2010).
 */
export class SeasonalBaseline {
  readonly season: number;
  readonly #depth: number;
  #state: BaselineState;

  constructor(season: number, state?: BaselineState) {
    this.season = season;
    this.#depth = Math.max(DEPTH, Math.ceil(SHORT / season));
    this.#state = state ?? {
      level: null,
      learned: 0,
      opening: [],
      offsets: Array.from({ length: season }, () => []),
      residuals: Array.from({ length: season }, () => []),
      recent: [],
    };
  }

  /** Values that must be learned before the first judgement: three seasons, 24 at least. */
  get warmUp(): number {
    return Math.max(3 * this.season, 24);
  }

  /** Values still missing before a value at `slot` (0 to season - 1) can be judged. */
  missing(slot: number): number {
    const seen = this.#state.offsets[slot]?.length ?? 0;
    return Math.max(this.warmUp - this.#state.learned, 2 - seen, 0);
  }

  /** What to expect at `slot`, or undefined before anything was learned there. */
  expect(slot: number): Expectation | undefined {
    const { level, recent, offsets, residuals } = this.#state;
    const own = residuals[slot] ?? [];
    if (level === null) return undefined;
    const expected = level + (offsets[slot]?.length ? median(offsets[slot]) : 0);
    const pooled = recent.length === 0 ? 0 : spread(recent);
    const local = own.length === 0 ? 0 : spread(own);
    const mixed = Math.sqrt(
      (POOL * pooled * pooled + own.length * local * local) / (POOL + own.length),
    );
    return { expected, sigma: Math.max(mixed, FLOOR * Math.abs(expected)) };
  }

  /** Takes a finite value at `slot` into the past. */
  learn(slot: number, value: number): void {
    const state = this.#state;
    state.learned += 1;
    if (state.level === null) {
      state.opening.push([slot, value]);
      if (state.opening.length >= Math.max(this.season, 12)) this.#open();
      return;
    }
    const expectation = this.expect(slot);
    const expected = expectation?.expected ?? state.level;
    const residual = value - expected;
    const limit = state.recent.length < this.season ? Infinity : CLIP * (expectation?.sigma ?? 0);
    const pulled = Math.max(-limit, Math.min(limit, residual));
    keep(state.offsets[slot], expected + pulled - state.level, this.#depth);
    keep(state.residuals[slot], residual, this.#depth);
    keep(state.recent, residual, Math.max(SHORT, this.season));
    state.level += DRIFT * pulled;
  }

  toJSON(): BaselineState {
    return structuredClone(this.#state);
  }

  /** The first season sets the level by its median, so that no single point does. */
  #open(): void {
    const { opening, offsets } = this.#state;
    const level = median(opening.map(([, value]) => value));
    for (const [slot, value] of opening) keep(offsets[slot], value - level, this.#depth);
    this.#state.level = level;
    this.#state.opening = [];
  }
}

function keep(values: number[] | undefined, value: number, most: number): void {
  if (values === undefined) return;
  values.push(value);
  if (values.length > most) values.shift();
}
