import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageSize } from "image-size";
import { afterEach, beforeEach, expect, test } from "vitest";
import { distFile } from "../../../kernel/notebook/package-folder.js";
import { retro } from "./retro.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-install-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const kernels = () => join(folder, "share", "jupyter", "kernels");

test("a kernelspec with its logos", () => {
  const { status, stdout } = retro(["install", "--prefix", "."], folder);
  expect([status, stdout]).toEqual([
    0,
    `Installed the kernel retro in ${join(kernels(), "retro")}\n`,
  ]);
  expect(readdirSync(join(kernels(), "retro")).sort()).toEqual([
    "kernel.json",
    "logo-32x32.png",
    "logo-64x64.png",
    "logo-svg.svg",
  ]);
  expect(JSON.parse(readFileSync(join(kernels(), "retro", "kernel.json"), "utf8"))).toEqual({
    argv: [
      process.execPath,
      "--no-force-async-hooks-checks",
      distFile("main.cjs"),
      "{connection_file}",
    ],
    display_name: "TypeScript (Retro)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { supported_encryption: ["curve"] },
  });
  for (const size of [32, 64]) {
    const logo = readFileSync(join(kernels(), "retro", `logo-${size}x${size}.png`));
    expect(imageSize(logo)).toMatchObject({ width: size, height: size });
  }
});

test("name, display name and environment", () => {
  const words = ["install", "--prefix", folder, "--name", "mine", "--display-name", "My own"];
  expect(retro([...words, "--env", "A=1", "--env", "B=x=y"], folder).status).toBe(0);
  const spec = JSON.parse(readFileSync(join(kernels(), "mine", "kernel.json"), "utf8"));
  expect(spec).toMatchObject({ display_name: "My own", env: { A: "1", B: "x=y" } });
});

test("the default place is the user's", () => {
  expect(retro(["install"], folder, { JUPYTER_DATA_DIR: folder }).status).toBe(0);
  expect(existsSync(join(folder, "kernels", "retro", "kernel.json"))).toBe(true);
});

test("--sys-prefix needs a Python", () => {
  const bare = { PATH: folder, CONDA_PREFIX: "", VIRTUAL_ENV: "" };
  const { status, stderr } = retro(["install", "--sys-prefix"], folder, bare);
  expect([status, stderr]).toEqual([2, expect.stringContaining("there is no python3 on the PATH")]);
  expect(retro(["install", "--sys-prefix"], folder, { ...bare, VIRTUAL_ENV: folder }).status).toBe(
    0,
  );
  expect(existsSync(join(kernels(), "retro"))).toBe(true);
});

test("uninstall removes what install made, and nothing else", () => {
  retro(["install", "--prefix", folder], folder);
  const missing = retro(["uninstall", "--prefix", folder, "--name", "rtero"], folder);
  expect([missing.status, missing.stderr]).toEqual([
    2,
    expect.stringContaining('did you mean "retro"'),
  ]);
  mkdirSync(join(kernels(), "other"));
  writeFileSync(join(kernels(), "other", "kernel.json"), '{"argv":["python"]}');
  const foreign = retro(["uninstall", "--prefix", folder, "--name", "other"], folder);
  expect([foreign.status, foreign.stderr]).toEqual([
    2,
    expect.stringContaining("not installed by retro"),
  ]);
  mkdirSync(join(kernels(), "older"));
  const older = JSON.stringify({ language: "typescript", argv: ["node", "/old/dist/main.js"] });
  writeFileSync(join(kernels(), "older", "kernel.json"), older);
  expect(retro(["uninstall", "--prefix", folder, "--name", "older"], folder).status).toBe(0);
  expect(retro(["uninstall", "--prefix", folder], folder).status).toBe(0);
  expect(readdirSync(kernels())).toEqual(["other"]);
});

test.each([
  [["instal"], "Did you mean install?"],
  [["install", "--prefx", "."], "Did you mean --prefix?"],
  [["install", "--user", "--prefix", "."], "cannot be used with"],
  [["install", "--prefix", ".", "--env", "A"], 'KEY=VALUE, not "A"'],
  [["install", "--prefix", ".", "--name", "a b"], 'not "a b"'],
  [[], "Usage: retro"],
])("wrong usage exits with 2: %j", (words, message) => {
  const { status, stderr } = retro(words, folder);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(readdirSync(folder)).toEqual([]);
});

test("how strictly its cells are checked; a misspelt mode names the nearest", () => {
  const words = ["install", "--prefix", folder, "--env", "A=1", "--check"];
  expect(retro([...words, "warn"], folder).status).toBe(0);
  const spec = JSON.parse(readFileSync(join(kernels(), "retro", "kernel.json"), "utf8"));
  expect(spec.env).toEqual({ A: "1", RETRO_CHECK: "warn" });
  const { status, stderr } = retro([...words, "stric"], folder);
  expect([status, stderr.trim()]).toEqual([
    2,
    '--check is off, warn or strict, not "stric" (did you mean "strict"?)',
  ]);
});
