import { expect, test } from "vitest";
import { binAt, binsOf, lowerLimit } from "../../../extensions/charts/bins.js";

test.each([
  [[0, 100], 10, { start: 0, step: 10, count: 10 }],
  [[0, 99.5], 10, { start: 0, step: 10, count: 10 }],
  [[0, 9], 30, { start: 0, step: 1, count: 10 }],
  [[0.1, 0.35], 5, { start: 0.1, step: 0.05, count: 5 }],
  [[-3.2, 4.1], 8, { start: -4, step: 2, count: 5 }],
  [[5, 5], 30, { start: 5, step: 1, count: 1 }],
])("%j in at most %i", (numbers, most, bins) => {
  expect(binsOf(numbers, most)).toEqual(bins);
});

test("every number falls in the bin whose limits hold it", () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 100);
  const bins = binsOf(numbers, 25);
  for (const number of numbers) {
    const from = lowerLimit(binAt(number, bins), bins);
    expect(number).toBeGreaterThanOrEqual(from - 1e-9);
    expect(number).toBeLessThanOrEqual(from + bins.step + 1e-9);
  }
});
