import { expect, test, vi } from "vitest";
import { Outputs } from "../../../kernel/runtime/outputs.js";

function outputs() {
  const scope: Record<string, unknown> = {};
  return { scope, outputs: new Outputs(scope) };
}

test("In, Out, _, __, ___ and _3", () => {
  const { scope, outputs: o } = outputs();
  o.typed(1, "40");
  for (const [count, value] of [10, 20, undefined, 40].entries()) o.result(count + 1, value);
  expect(scope).toMatchObject({ _: 40, __: 20, ___: 10, _1: 10, _2: 20, _4: 40 });
  expect(scope).not.toHaveProperty("_3");
  expect(o.In[1]).toBe("40");
  expect(o.Out).toEqual({ 1: 10, 2: 20, 4: 40 });
});

test("all results are forgotten, what was typed is not", () => {
  const { scope, outputs: o } = outputs();
  o.typed(1, "10");
  o.result(1, 10);
  scope._2 = "mine";
  o.result(3, 30);
  o.forget();
  expect(o.Out).toEqual({});
  expect(o.In[1]).toBe("10");
  expect(scope).toMatchObject({ _: undefined, __: undefined, _2: "mine" });
  expect(scope).not.toHaveProperty("_1");
  o.result(4, 40);
  expect(scope).toMatchObject({ _: 40, __: undefined, _4: 40 });
});

test("a `_` that the user took stays the user's", () => {
  const { scope, outputs: o } = outputs();
  o.result(1, 1);
  scope._ = "lodash";
  o.result(2, 2);
  expect(scope._).toBe("lodash");
  expect(scope.__).toBe(1);
});

test("the last 1,000 are kept, and a large one is let go with a word", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { scope, outputs: o } = outputs();
  o.result(1, new Uint8Array(20_000_000));
  for (let count = 2; count <= 1_002; count++) o.result(count, count);
  expect(Object.keys(o.Out)).toHaveLength(1_000);
  expect(scope).not.toHaveProperty("_1");
  expect(scope).toHaveProperty("_1002");
  expect(warn.mock.calls).toEqual([[expect.stringContaining("Out[1] (20 MB) is let go")]]);
  warn.mockRestore();
});
