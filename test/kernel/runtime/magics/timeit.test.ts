import process from "node:process";
import { expect, test, vi } from "vitest";
import { repeat } from "../../../../kernel/runtime/magics/timeit.js";

async function printed(options: string, body: () => unknown): Promise<string> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await repeat(options, body);
    return write.mock.calls.map(([text]) => text).join("");
  } finally {
    write.mockRestore();
  }
}

test("runs as often as it is told, and no more", async () => {
  let calls = 0;
  const text = await printed("-n 50 -r2", () => calls++);
  expect(calls).toBe(100);
  expect(text).toMatch(
    /^[\d.]+ [nµm]?s ± [\d.]+ [nµm]?s per loop \(mean ± std\. dev\. of 2 runs, 50 loops each\), best [\d.]+ [nµm]?s\n$/,
  );
  expect(await printed("-n 1 -r 1", () => calls++)).toContain("of 1 run, 1 loop each)");
});

test("seven runs of at least as many loops as take a fifth of a second", async () => {
  let calls = 0;
  const start = performance.now();
  const text = await printed("", () => {
    calls++;
    const end = performance.now() + 1;
    while (performance.now() < end);
  });
  const loops = Number(/7 runs, (\d+) loops/.exec(text)?.[1]);
  expect(loops).toBeGreaterThan(1);
  expect(loops).toBeLessThanOrEqual(200);
  expect(calls).toBeGreaterThan(7 * loops);
  expect(performance.now() - start).toBeGreaterThan(7 * loops);
});

test("slow code is run less often", async () => {
  const text = await printed("", () => {
    const end = performance.now() + 750;
    while (performance.now() < end);
  });
  expect(text).toContain("of 3 runs, 1 loop each");
});

test("async code is awaited in each loop", async () => {
  let open = 0;
  let most = 0;
  await printed("-n 3 -r 2", async () => {
    most = Math.max(most, ++open);
    await null;
    open--;
  });
  expect([open, most]).toEqual([0, 1]);
});

test("the work of pure code is not left out", async () => {
  const best = async (body: () => unknown) => {
    const text = await printed("-n 300000 -r 5", body);
    const [, value, unit] = /best ([\d.]+) (\S+)/.exec(text) ?? [];
    return Number(value) * (unit === "ns" ? 1 : 1_000);
  };
  // What is inlined into the loop takes a quarter of a nanosecond, a call takes one at least.
  expect(await best(() => 1)).toBeGreaterThan(0.5);
  const sum = () => {
    let sum = 0;
    for (let i = 0; i < 100; i++) sum += Math.sqrt(i);
    return sum;
  };
  // A hundred additions that wait for one another, on a processor of 10 GHz.
  expect(await best(sum)).toBeGreaterThan(30);
});

test.each([
  ["-x 5", "%timeit has no option -x 5; known: -n loops, -r runs"],
  ["--runs=3", "%timeit has no option --runs=3"],
  ["-n", "%timeit -n takes a number from 1 on"],
  ["-r 0", "%timeit -r takes a number from 1 on"],
])("refuses %s", async (options, message) => {
  await expect(repeat(options, () => 1)).rejects.toThrow(message);
});
