import { expect, test } from "vitest";
import { toCodePoints, toUtf16 } from "../../../kernel/protocol/code-points.js";

test.each([
  ["abc", 2, 2],
  ["😀x", 1, 2],
  ["a😀b🎈c", 4, 6],
  ["", 3, 0],
  ["é", 9, 1],
])("%j: %i code points are %i units", (text, points, units) => {
  expect(toUtf16(text, points)).toBe(units);
  expect(toCodePoints(text, units)).toBe(Math.min(points, [...text].length));
});
