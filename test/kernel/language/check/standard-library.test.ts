import { afterAll, expect, test } from "vitest";
import { checkerIn } from "../../../support/built-checker.js";

const checker = checkerIn();
afterAll(() => checker.stop());

test.each([
  ["Object.groupBy([1], (n) => n);", "groupBy" in Object],
  ["Promise.withResolvers();", "withResolvers" in Promise],
  ["new Set([1]).union(new Set([2]));", "union" in Set.prototype],
  ["Array.fromAsync([1]);", "fromAsync" in Array],
  ["Temporal.Now.instant();", "Temporal" in globalThis],
  ["[3, 1].toSorted();", true],
  ["const hold = { [Symbol.dispose]() {} };", true],
])("%s is right where Node has it: %s", async (text, isThere) => {
  const { problems } = await checker.check({ text, declared: [] });
  expect(problems.length).toBe(isThere ? 0 : 1);
  const [problem] = problems;
  expect(problem?.message ?? "").not.toContain("target library");
  // Of a name that no library has, nothing more can be said.
  if (problem && problem.code !== 2304) {
    expect(problem.hint).toBe(`this Node, ${process.version}, does not have it`);
  }
});
