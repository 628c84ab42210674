import { expect, test } from "vitest";
import { nameOf } from "../../../../kernel/commands/data/add-file.js";

test.each([
  ["logs/clicks.csv", undefined, "clicks.csv"],
  ["logs/clicks.csv", "shop/log", "shop/log.csv"],
  ["clicks.v2.csv.gz", "log", "log.csv.gz"],
  ["clicks.v2.csv", "log", "log.csv"],
  ["clicks.csv", "log.txt", "log.txt"],
  ["clicks", "log", "log"],
  ["https://example.org/a/click%20log.csv?raw=1#x", undefined, "click log.csv"],
  ["https://example.org/a/100%.csv", undefined, "100%.csv"],
  ["https://example.org/%2e%2e%2fb.csv", undefined, "b.csv"],
])("%s, --name %s is called %s", (source, given, name) => {
  expect(nameOf(source, given)).toBe(name);
});
