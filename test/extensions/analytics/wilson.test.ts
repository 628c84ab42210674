import { expect, test } from "vitest";
import { wilson } from "../../../extensions/analytics/wilson.js";

// statsmodels 0.14: proportion_confint(successes, trials, method="wilson")
test.each([
  [0, 10, 0, 0.27753279986288926],
  [10, 10, 0.7224672001371106, 1],
  [3, 120, 0.008538174769902221, 0.0709300333278661],
  [34, 1000, 0.024431348663226313, 0.04713519024531107],
  [250, 25000, 0.008839703745722299, 0.01131085830493221],
])("%i of %i", (successes, trials, low, high) => {
  const [ownLow, ownHigh] = wilson(successes, trials) ?? [Number.NaN, Number.NaN];
  expect(ownLow).toBeCloseTo(low, 14);
  expect(ownHigh).toBeCloseTo(high, 14);
});

test("nothing tried, or more succeeded than tried, has no interval", () => {
  expect(wilson(0, 0)).toBeNull();
  expect(wilson(3, 2)).toBeNull();
});
