import { expect, test } from "vitest";
import { warmUp } from "../../../kernel/runtime/warm-up.js";

test("the first step is taken at once, and none while a cell runs", async () => {
  const steps: number[] = [];
  let busy = true;
  let asked = 0;
  let refuse = () => {};
  const refused = new Promise<void>((resolve) => (refuse = resolve));
  const isBusy = () => {
    if (++asked === 3) refuse();
    return busy;
  };
  const warm = warmUp(isBusy, async (n) => steps.push(n));
  expect(steps).toEqual([0]);
  await refused;
  expect(steps).toEqual([0]);
  busy = false;
  await warm;
  expect(steps).toHaveLength(200);
});
