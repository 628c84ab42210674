import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Finding } from "../../../kernel/commands/doctor/finding.js";
import { VERSION } from "../../../kernel/version.js";
import { retro } from "./retro.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-doctor-test-"));
  mkdirSync(join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** With no Jupyter and no Python but those of the test. */
function doctor(words: string[] = [], env: Record<string, string> = {}) {
  return retro(["doctor", ...words], folder, {
    PATH: folder,
    TMPDIR: join(folder, "tmp"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_PATH: "",
    ...env,
  });
}

function json(env: Record<string, string>) {
  const { status, stdout } = doctor(["--json"], env);
  const report = JSON.parse(stdout) as { status: string; components: Finding[] };
  const broken = report.components.filter(({ state }) => state === "broken");
  return { status, report, broken };
}

test("where all is well, each component has a line, and it ends with 0", () => {
  const { status, stdout, stderr } = doctor();
  expect([status, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\n").filter((line) => /^\S/.test(line));
  expect(lines[0]).toMatch(new RegExp(`^✓ Retro ${VERSION.replaceAll(".", "\\.")} `));
  expect(stdout).toContain(`✓ Node ${process.versions.node}`);
  for (const line of [
    /^✓ zeromq \S+ +sends a message$/m,
    /^✓ esbuild \S+ +turns TypeScript into JavaScript$/m,
    /^✓ TypeScript 7\S+ +checks types$/m,
    /^✓ resvg \S+ +draws pictures of charts$/m,
    /^✓ DuckDB \S+ +answers queries$/m,
    /^✓ kernel +starts and answers 1 \+ 1 in \d+ ms$/m,
    /^✓ interrupt +stops an endless loop in \d+ ms and keeps the state$/m,
    /^- kernelspec .*\n {4}retro install --user$/m,
    /^- JupyterLab +not there; needed for notebooks in the browser\n {4}get Python/m,
    /^- nbconvert +not there; needed for jupyter nbconvert\n {4}get Python/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(lines.at(-1)).toBe("Retro works here.");
  const left = readdirSync(join(folder, "tmp"), { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "a binary that does not run is broken, with its cure",
  () => {
    const file = join(folder, "esbuild");
    writeFileSync(file, "#!/bin/sh\nexit 1\n");
    chmodSync(file, 0o755);
    const { status, report, broken } = json({ ESBUILD_BINARY_PATH: file });
    expect([status, report.status]).toEqual([1, "broken"]);
    expect(broken).toMatchObject([{ component: "esbuild", cure: "unset ESBUILD_BINARY_PATH" }]);
  },
);

test("a part that takes its process down takes nothing else with it", () => {
  const crash = join(folder, "crash.cjs");
  writeFileSync(
    crash,
    `if (process.argv.includes("zeromq")) process.abort();
     if (process.argv.includes("DuckDB")) { console.error("no such library"); process.exit(9); }`,
  );
  const { status, broken } = json({ NODE_OPTIONS: `--require=${crash}` });
  expect(status).toBe(1);
  expect(broken).toMatchObject([
    { component: "zeromq", says: expect.stringMatching(/^the process that used it was ended by/) },
    { component: "DuckDB", says: "the process that used it ended with 9: no such library" },
  ]);
  for (const { cure } of broken) expect(cure).toMatch(/npm ci$/);
});

test("a temp folder that is not there is broken, and so is the kernel that needs it", () => {
  const { status, stdout } = doctor([], { TMPDIR: join(folder, "none") });
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^✗ temp folder .*none.*\n {4}set TMPDIR to a folder that can be written$/m,
  );
  expect(stdout).toMatch(/^✗ kernel .*\n {4}mend what is broken above, else .*npm ci$/m);
  expect(stdout).toMatch(/\nbroken: temp folder, kernel, interrupt\n$/);
});

test("an older Node is broken", () => {
  const older = join(folder, "older.cjs");
  writeFileSync(
    older,
    `Object.defineProperty(process, "version", { value: "v20.18.1" });
     Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.1" } });`,
  );
  const { broken } = json({ NODE_OPTIONS: `--require=${older}` });
  expect(broken).toMatchObject([
    {
      component: "Node",
      version: "20.18.1",
      says: expect.stringContaining("needs 20.19 or newer"),
    },
  ]);
});
