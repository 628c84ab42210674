import { expect, test } from "vitest";
import { didYouMean, nearest } from "../../../kernel/extension/input-error.js";

test.each([
  ["clikcs", ["clicks", "cost"], "clicks"],
  ["Conversion Rate", ["conversion_rate", "cvr"], "conversion_rate"],
  ["ctr", ["cvr", "ctr_per_day"], "cvr"],
  ["impresions_total", ["impressions_total"], "impressions_total"],
  ["c", ["a", "b"], undefined],
  ["x", ["X", "y"], "X"],
  ["ab", ["cd", "aa"], "aa"],
  ["revenue", ["clicks", "cost"], undefined],
])("%j among %j means %j", (given, allowed, wanted) => {
  expect(nearest(given, allowed)).toBe(wanted);
});

test("a sentence asks only where there is something to ask", () => {
  expect(didYouMean("clikcs", ["clicks"])).toBe(' (did you mean "clicks"?)');
  expect(didYouMean("c", ["a"])).toBe("");
});
