import { expect, test } from "vitest";
import { duration } from "../../../../kernel/runtime/magics/duration.js";

test.each([
  [0, "0 ns"],
  [0.000_000_45, "0.45 ns"],
  [0.000_045, "45 ns"],
  [0.001_234, "1.23 µs"],
  [12.34, "12.3 ms"],
  [1_000, "1 s"],
  [59_900, "59.9 s"],
  [123_000, "2 min 3 s"],
])("%d ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});
