import type { WriteStream } from "node:tty";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DownloadBar } from "../../../../kernel/commands/data/download-bar.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function drawn(isTTY: boolean, total?: number): string[] {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const bar = new DownloadBar("a.csv", { isTTY, columns: 60, write } as unknown as WriteStream);
  for (const done of [1e6, 1.1e6, 10e6]) {
    vi.advanceTimersByTime(done === 1.1e6 ? 10 : 1000);
    bar.show(done, total);
  }
  bar.end();
  return written;
}

test("on a terminal there is one live line, not drawn for every piece, that is taken away", () => {
  const [first, second, last, ...rest] = drawn(true, 20e6);
  expect(first).toBe(`\ra.csv, MB █${"░".repeat(23)} 1/20 · 1.0/s · 19 s left\u001b[K`);
  expect(second).toBe(
    `\ra.csv, MB ${"█".repeat(12)}${"░".repeat(12)} 10/20 · 5.0/s · 3 s left\u001b[K`,
  );
  expect([last, ...rest]).toEqual(["\r\u001b[K"]);
  expect(drawn(true)[0]).toBe("\ra.csv, kB 1,000 · 1,000/s\u001b[K");
});

test("elsewhere nothing is written", () => {
  expect(drawn(false, 20e6)).toEqual([]);
});
