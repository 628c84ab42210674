import { expect, test } from "vitest";
import { textWidth } from "../../../kernel/server/text-width.js";

// Advance widths of Arial in ems, 2,048 units to the em.
test.each([
  ["A", "normal", 1366 / 2048],
  ["i", "normal", 455 / 2048],
  ["0123456789", "normal", (10 * 1139) / 2048],
  ["Impressions", "normal", (569 + 1706 + 1139 + 682 + 1139 + 1024 * 3 + 455 + 1139 * 2) / 2048],
  ["A", "bold", 1479 / 2048],
  ["m", "bold", 1821 / 2048],
  [" ", "normal", 569 / 2048],
  ["<&>", "normal", (1196 * 2 + 1366) / 2048],
] as const)("%j %s", (text, weight, ems) => {
  expect(textWidth(text, 100, weight)).toBeCloseTo(100 * ems, 0);
});

test("a letter the font lacks is as wide as it is high", () => {
  expect(textWidth("広告", 20, "normal")).toBe(40);
});
