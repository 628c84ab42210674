import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clients, jupyterLab } from "../../../../kernel/commands/doctor/jupyter.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-jupyter-"));
  vi.stubEnv("PATH", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function standIn(name: string, code: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!${process.execPath}\n${code}`);
  chmodSync(file, 0o755);
}

const isPosix = process.platform !== "win32";

test.skipIf(!isPosix)("versions come from the active Python; what it lacks is for pip", () => {
  standIn(
    "python3",
    `console.log(JSON.stringify({ executable: "/env/python", versions: { nbclient: "0.10.0" } }))`,
  );
  expect(clients()).toEqual([
    {
      component: "jupyter_client",
      state: "absent",
      says: "not there; needed for Python programs that start kernels",
      cure: "python3 -m pip install jupyter_client",
    },
    { component: "nbclient", version: "0.10.0", state: "good", says: "/env/python" },
    {
      component: "nbconvert",
      state: "absent",
      says: "not there; needed for jupyter nbconvert",
      cure: "python3 -m pip install nbconvert",
    },
  ]);
});

test.skipIf(!isPosix)("a Python that does not run is none", () => {
  standIn("python3", "process.exit(1)");
  expect(clients().map(({ state }) => state)).toEqual(["absent", "absent", "absent"]);
});

test.skipIf(!isPosix)(
  "JupyterLab is found as `retro lab` finds it, the newest that will do",
  () => {
    standIn("jupyter-lab", "console.log('3.6.8')");
    expect(jupyterLab()).toMatchObject({ version: "3.6.8", state: "doubtful" });
    standIn("python3", "if (process.argv[3] === 'jupyterlab') console.log('4.6.6')");
    expect(jupyterLab()).toEqual({
      component: "JupyterLab",
      version: "4.6.6",
      state: "good",
      says: "python3 -m jupyterlab",
    });
  },
);
