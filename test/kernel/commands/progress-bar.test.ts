import type { WriteStream } from "node:tty";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProgressBar } from "../../../kernel/commands/progress-bar.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function drawn(isTTY: boolean): string[] {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const bar = new ProgressBar({ isTTY, columns: 50, write } as unknown as WriteStream);
  bar.cell(1, 10);
  bar.printed("\u001b[31mfirst\u001b[39m");
  vi.advanceTimersByTime(1000);
  bar.cell(6, 10);
  bar.printed("a line that is far too long for so small a terminal");
  vi.advanceTimersByTime(200);
  bar.end();
  return written;
}

test("elsewhere each cell is one line, written when it ends", () => {
  expect(drawn(false)).toEqual([
    "cell  1/10  1.0 s  first\n",
    "cell  6/10  1.2 s  a line that is far too long for so small a terminal\n",
  ]);
});

test("on a terminal there is one live line that never wraps", () => {
  const lines = drawn(true);
  expect(lines.every((line) => line.startsWith("\r") && line.endsWith("\u001b[K"))).toBe(true);
  expect(lines.join("")).not.toContain("\n");
  expect(lines[0]).toContain(`${"░".repeat(24)} cell  1/10  0.0 s`);
  expect(lines.at(-2)).toContain(`${"█".repeat(12)}${"░".repeat(12)} cell  6/10  1.2 s  a`);
  expect(lines.at(-2)?.slice(1, -3).length).toBeLessThan(50);
  expect(lines.at(-1)).toBe("\r\u001b[K");
});
