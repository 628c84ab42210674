import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Compiler, CompilerLost, PATIENCE_MS } from "../../../../kernel/language/check/compiler.js";
import { isRunning } from "../../../support/compiler-process.js";

let folder: string;
let compiler: Compiler;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-compiler-"));
});
afterEach(() => {
  compiler.stop();
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "a.ts");

/** One that has answered, and so has nothing more to read. */
async function start(patience?: number): Promise<Compiler> {
  compiler = new Compiler(folder, patience);
  compiler.write(file(), "const n: number = 'text';");
  while (!(await compiler.diagnostics(file()).catch(() => undefined)));
  return compiler;
}

test("a question to a process whose input is closed already is one that is lost", async () => {
  await start(300);
  const child = Reflect.get(compiler, "process") as ChildProcess;
  child.stdin?.destroy();
  compiler.write(file(), "1");
  await expect(compiler.diagnostics(file())).rejects.toThrow(CompilerLost);
  expect(compiler.isLost).toBe(true);
});

test("a process that is killed answers nothing any more, whenever it was asked", async () => {
  await start();
  const questions = [compiler.diagnostics(file()), compiler.diagnostics(file())];
  const ended = Promise.allSettled(questions);
  process.kill(compiler.pid as number, "SIGKILL");
  questions.push(compiler.diagnostics(file()));
  await ended;
  await expect.poll(() => compiler.isLost).toBe(true);
  await expect(compiler.diagnostics(file())).rejects.toThrow(CompilerLost);
  compiler.write(file(), "1");
  await Promise.allSettled(questions);
});

test("one that hangs is ended after its time", async () => {
  await start(300);
  const pid = compiler.pid as number;
  process.kill(pid, "SIGSTOP");
  await expect(compiler.diagnostics(file())).rejects.toThrow("said nothing for 0.3 s");
  expect(compiler.isLost).toBe(true);
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test("one that has something to read is given the time for it", async () => {
  await start(300);
  const pid = compiler.pid as number;
  compiler.expectReading();
  process.kill(pid, "SIGSTOP");
  await expect(compiler.diagnostics(file())).rejects.toThrow("still reading");
  expect(compiler.isLost).toBe(false);
  process.kill(pid, "SIGCONT");
  await expect
    .poll(() => compiler.diagnostics(file()).catch(() => []))
    .toMatchObject([{ code: 2322 }]);
});

test("where nobody waits, it is given longer to answer than where somebody does", async () => {
  compiler = await start();
  vi.stubEnv("RETRO_UNATTENDED", "1");
  vi.resetModules();
  const alone = await import("../../../../kernel/language/check/compiler.js");
  vi.unstubAllEnvs();
  expect(PATIENCE_MS).toBeLessThan(2_000);
  expect(alone.PATIENCE_MS).toBeGreaterThan(10_000);
});
