import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kernelspecs } from "../../../../kernel/commands/doctor/kernelspecs.js";
import { retroKernelspec } from "../../../../kernel/notebook/kernelspec.js";
import { VERSION } from "../../../../kernel/version.js";
import { retro } from "../retro.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-kernelspecs-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("JUPYTER_DATA_DIR", join(folder, "user"));
  vi.stubEnv("JUPYTER_PATH", join(folder, "share", "jupyter"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const ours = retroKernelspec();

/** Writes a kernelspec for the user, or below the prefix of the test. */
function write(name: string, spec: object | string, data = "user"): string {
  const kernel = join(folder, data, "kernels", name);
  mkdirSync(kernel, { recursive: true });
  writeFileSync(
    join(kernel, "kernel.json"),
    typeof spec === "string" ? spec : JSON.stringify(spec),
  );
  return kernel;
}

test("none is told, with how to install one; those of others are not looked at", () => {
  write("python3", { argv: ["python3", "-m", "ipykernel_launcher"], language: "python" });
  write("tslab", { argv: ["tslab", "kernel"], language: "typescript" });
  write("half", "{");
  expect(kernelspecs()).toMatchObject([
    { component: "kernelspec", state: "absent", cure: "retro install --user" },
  ]);
});

test("one that starts this Retro is good, whatever its name and environment", () => {
  const kernel = write("mine", { ...ours, display_name: "Mine", env: { A: "1" } });
  expect(kernelspecs()).toEqual([
    {
      component: "kernelspec mine",
      version: VERSION,
      state: "good",
      says: `${kernel}, runs ${process.execPath}`,
    },
  ]);
});

test("one whose Node or program is gone is broken, and its cure mends it", () => {
  const [, ...rest] = ours.argv;
  const first = write("retro", { ...ours, argv: ["/none/node", ...rest] }, "share/jupyter");
  const second = write("b", { ...ours, argv: [process.execPath, "/none/dist/main.js"] });
  const third = write("c", ours);
  writeFileSync(join(third, "kernel.json"), "{");
  expect(kernelspecs()).toMatchObject([
    {
      state: "broken",
      says: `${first}: starts /none/node, which is not there`,
      cure: `retro install --prefix ${folder}`,
    },
    {
      state: "broken",
      says: `${second}: starts /none/dist/main.js, which is not there`,
      cure: "retro install --user --name b",
    },
  ]);
  expect(retro(["install", "--prefix", folder], folder).status).toBe(0);
  expect(kernelspecs()[0]).toMatchObject({ state: "good" });
});

test("one of another version is named with it", () => {
  const old = join(folder, "old");
  mkdirSync(join(old, "dist"), { recursive: true });
  writeFileSync(join(old, "dist", "main.js"), "");
  writeFileSync(join(old, "package.json"), '{"version":"0.0.1"}');
  const main = join(old, "dist", "main.js");
  const kernel = write("a", { ...ours, argv: [process.execPath, main] });
  const flags = write("b", { ...ours, argv: [ours.argv[0], ours.argv[2], ours.argv[3]] });
  expect(kernelspecs()).toMatchObject([
    {
      version: "0.0.1",
      state: "doubtful",
      says: `${kernel}: starts another Retro, not ${VERSION}, ${main}`,
      cure: "retro install --user --name a",
    },
    { state: "doubtful", says: `${flags}: was written by another version` },
  ]);
});

test("one named retro that cannot be read is broken", () => {
  write("retro", "{");
  expect(kernelspecs()).toMatchObject([{ state: "broken", cure: "retro install --user" }]);
  write("retro", { language: "typescript" });
  expect(kernelspecs()).toMatchObject([{ state: "broken", cure: "retro install --user" }]);
});
