import { expect, test } from "vitest";
import { bytes } from "../../../kernel/commands/bytes.js";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [74_321, "74 kB"],
  [99_999, "100 kB"],
  [1_234_567_890, "1.2 GB"],
  [5e15, "5000 TB"],
])("%d is %s", (count, text) => {
  expect(bytes(count)).toBe(text);
});
