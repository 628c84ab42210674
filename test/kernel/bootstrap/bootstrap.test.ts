import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { packageFolder } from "../../../kernel/notebook/package-folder.js";

const script = join(packageFolder(), "kernel", "bootstrap.mjs");
const folder = mkdtempSync(join(tmpdir(), "retro-bootstrap-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (words: string[], flags: string[] = [], env: Record<string, string> = {}) => {
  const { status, stderr } = spawnSync(process.execPath, [...flags, script, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder, ...env },
  });
  return [status, stderr];
};

test("an unknown command or suite is named with those there are", () => {
  expect(run(["nonsense"])).toEqual([
    2,
    "unknown command nonsense; there are start, test, build, bench, bench:peers\n",
  ]);
  expect(run(["bench", "kernle"])).toEqual([
    2,
    expect.stringMatching(/^unknown suite kernle; there are .*kernel/),
  ]);
});

test("an older Node is told which one is needed", () => {
  writeFileSync(
    join(folder, "older.cjs"),
    "Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } });",
  );
  const [status, stderr] = run(["start"], ["-r", join(folder, "older.cjs")]);
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^Retro needs Node 20\.19 or newer; this is v/),
  ]);
});

test.each([
  ["--data without a file", ["start", "--data"], {}],
  ["a file without --data", ["start", "my-log.csv"], {}],
  ["--data that npm kept for itself", ["start"], { npm_config_data: "my-log.csv" }],
])("%s: told how a log is given", (_, words, env) => {
  expect(run(words, [], env)).toEqual([
    2,
    "give a log of your own after two hyphens: npm start -- --data my-log.csv\n",
  ]);
});

test("a log that is not there is one error, looked for where the user is, and nothing is written", () => {
  const [status, stderr] = run(["start", "--data", "missing.csv"]);
  expect(status).toBe(2);
  expect(stderr).toContain(join(folder, "missing.csv"));
  expect(existsSync(join(folder, "out"))).toBe(false);
});
