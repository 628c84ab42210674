import { beforeEach, expect, test } from "vitest";
import { History } from "../../../kernel/server/history.js";

let history: History;
beforeEach(() => {
  history = new History();
  for (const [at, input] of ["1+1", "let x = 2", "1*2*", "let x = 2"].entries()) {
    history.add(at + 1, input);
  }
  history.result(1, "2");
});

const inputs = (request: Record<string, unknown>) =>
  history.answer(request).map(([, , input]) => input);

test("tail gives the last n, oldest first", () => {
  expect(inputs({ hist_access_type: "tail", n: 2 })).toEqual(["1*2*", "let x = 2"]);
});

test("range gives lines from start up to, not including, stop", () => {
  expect(inputs({ hist_access_type: "range", start: 2, stop: 4 })).toEqual(["let x = 2", "1*2*"]);
});

test("search takes * and ? over the whole cell", () => {
  expect(inputs({ hist_access_type: "search", pattern: "1?2*" })).toEqual(["1*2*"]);
  expect(inputs({ hist_access_type: "search", pattern: "1+*" })).toEqual(["1+1"]);
});

test.each([
  ["*", "", true],
  ["", "a", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["*ab", "aab", true],
  ["*?", "", false],
  ["a**", "a", true],
  ["(a|b)", "a", false],
  ["\\\\", "\\\\", true],
])("%j and %j: %s", (pattern, input, expected) => {
  const one = new History();
  one.add(1, input);
  const found = one.answer({ hist_access_type: "search", pattern });
  expect(found.length === 1).toBe(expected);
});

test("no pattern takes for ever", () => {
  const one = new History();
  one.add(1, "a".repeat(20_000));
  const pattern = `${"*a".repeat(200)}*b`;
  const start = performance.now();
  expect(one.answer({ hist_access_type: "search", pattern })).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1_000);
});

test("unique keeps the latest of equal cells, output adds the result", () => {
  expect(
    history.answer({ hist_access_type: "search", pattern: "let*", unique: true }).map((r) => r[1]),
  ).toEqual([4]);
  expect(history.answer({ hist_access_type: "range", stop: 2, output: true })).toEqual([
    [0, 1, ["1+1", "2"]],
  ]);
});
