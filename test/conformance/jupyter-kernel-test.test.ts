import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const installed =
  spawnSync("python3", ["-c", "import jupyter_kernel_test"], { stdio: "ignore" }).status === 0;

test.skipIf(!installed)(
  "jupyter_kernel_test passes whole (needs python3 with jupyter_kernel_test)",
  () => {
    const prefix = mkdtempSync(join(tmpdir(), "retro-jkt-"));
    try {
      const install = spawnSync(
        process.execPath,
        [resolve("dist/cli.js"), "install", "--prefix", prefix],
        { encoding: "utf8" },
      );
      expect(install.status, install.stderr).toBe(0);
      const suite = spawnSync(
        "python3",
        [resolve(import.meta.dirname, "jupyter_kernel_test_retro.py")],
        {
          encoding: "utf8",
          cwd: prefix,
          env: { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter") },
        },
      );
      expect(suite.stderr).toMatch(/Ran 13 tests/);
      expect(suite.stderr.trimEnd()).toMatch(/OK$/);
    } finally {
      rmSync(prefix, { recursive: true, force: true });
    }
  },
  120_000,
);
