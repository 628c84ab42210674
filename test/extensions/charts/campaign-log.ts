import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

const random = xoroshiro128plus(7);
const uniform = () => uniformFloat64(random);

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** A week of three campaigns by the hour, from Monday, 1 July 2024, UTC. */
export const log = ["Search brand", "Social prospecting", "Display retargeting"].flatMap(
  (campaign, at) =>
    Array.from({ length: 168 }, (_, i) => {
      const daily = 1.2 + Math.sin((i / 12) * Math.PI);
      const impressions = Math.round(4000 * (1 + at) * daily * (0.8 + 0.4 * uniform()));
      const clicks = Math.round(impressions * (0.02 + 0.01 * at + 0.01 * uniform()));
      return {
        campaign,
        hour: new Date(Date.UTC(2024, 6, 1, i)),
        clock: i % 24,
        weekday: WEEKDAYS[Math.floor(i / 24)] as string,
        impressions,
        clicks,
        conversions: Math.round(clicks * 0.1 * uniform()),
        ctr: clicks / impressions,
        cost: clicks * (0.4 + 0.2 * at),
      };
    }),
);

/** Sixty days of one rate with what was expected of it and two anomalies. */
export const days = Array.from({ length: 60 }, (_, i) => {
  const expected = 0.03 + 0.005 * Math.sin((i / 3.5) * Math.PI);
  const shock = { 20: 0.012, 43: -0.013 }[i] ?? 0;
  return {
    day: new Date(Date.UTC(2024, 4, 1 + i)),
    ctr: expected + 0.002 * (uniform() - 0.5) + shock,
    expected,
    low: expected - 0.004,
    high: expected + 0.004,
    anomaly: shock !== 0,
  };
});

const chances = Array.from({ length: 1200 }, () => uniform() * uniform());
const happened = chances.map((chance) => (uniform() < chance ? 1 : 0));
const blurred = chances.map((chance) => Math.min(1, Math.max(0, chance + 0.5 * (uniform() - 0.5))));

/** Scores of two models on the same 1,200 rows. */
export const scores = [
  ...chances.map((score, i) => ({ model: "boosting", label: happened[i] as number, score })),
  ...blurred.map((score, i) => ({ model: "logistic", label: happened[i] as number, score })),
];

/** Thirty epochs, as TensorFlow.js keeps them. */
export const history = {
  loss: Array.from({ length: 30 }, (_, i) => 0.1 + 0.7 / (1 + i / 4)),
  val_loss: Array.from({ length: 30 }, (_, i) => 0.15 + 0.7 / (1 + i / 3) + 0.004 * i),
  acc: Array.from({ length: 30 }, (_, i) => 0.95 - 0.4 / (1 + i / 4)),
  val_acc: Array.from({ length: 30 }, (_, i) => 0.88 - 0.35 / (1 + i / 3)),
};
