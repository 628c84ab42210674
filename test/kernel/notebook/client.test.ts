import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { KernelClient } from "../../../kernel/notebook/client.js";
import { KernelDied } from "../../../kernel/notebook/kernel-process.js";
import { packageFolder } from "../../../kernel/notebook/package-folder.js";

// Below the package, so that the bundled kernel finds zeromq.
const folder = join(packageFolder(), "node_modules", ".cache", `scripted-kernel-${process.pid}`);
const spec = join(folder, "kernels", "scripted");

beforeAll(async () => {
  mkdirSync(spec, { recursive: true });
  await build({
    entryPoints: [join(packageFolder(), "test/kernel/notebook/scripted-kernel.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: join(folder, "kernel.js"),
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const argv = [process.execPath, "{resource_dir}/../../kernel.js", "{connection_file}"];
  const kernel = { argv, display_name: "Scripted", language: "script", interrupt_mode: "message" };
  writeFileSync(join(spec, "kernel.json"), JSON.stringify(kernel));
});
afterAll(() => rmSync(folder, { recursive: true }));

let kernel: KernelClient;
const seen: string[] = [];
beforeEach(async () => {
  vi.stubEnv("JUPYTER_PATH", folder);
  seen.length = 0;
  kernel = await KernelClient.start("scripted", tmpdir());
});
afterEach(async () => {
  await kernel.shutdown();
  vi.unstubAllEnvs();
});

const run = (code: string) =>
  kernel.execute(code, "a", ({ header, content }) => {
    if (header.msg_type === "stream") seen.push(String(content.text));
  });

/** The connection file that the kernel's process was given; ours alone names this kernel's ports. */
function connectionFiles(): string[] {
  const { shell_port } = kernel.process.connection;
  return readdirSync(tmpdir())
    .filter((name) => /^retro-[0-9a-f]{16}\.json$/.test(name))
    .map((name) => join(tmpdir(), name))
    .filter((file) => existsSync(file) && readFileSync(file, "utf8").includes(`:${shell_port},`));
}

test("kernel_info is asked until iopub is heard", () => {
  expect(kernel.languageInfo).toEqual({ name: "script" });
});

test("a cell ends with both its reply and its idle, whichever comes first", async () => {
  expect(await run("idle-after-reply a")).toMatchObject({ status: "ok", execution_count: 1 });
  expect(await run("idle-before-reply")).toMatchObject({ status: "ok", execution_count: 2 });
  expect(seen).toEqual(["a"]);
});

test("a kernel that asks for input is told that nobody is there", async () => {
  await run("ask");
  expect(seen[0]).toContain("StdinNotImplementedError");
});

test("an interrupt in message mode reaches the control socket", async () => {
  const reply = kernel.execute("hang", "a", ({ header }) => {
    if (header.msg_type === "stream") kernel.interrupt();
  });
  expect(await reply).toMatchObject({ status: "error", ename: "Interrupted" });
});

test("the connection file is the user's alone and goes with the kernel", async () => {
  const [file = ""] = connectionFiles();
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  await kernel.shutdown();
  expect(connectionFiles()).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "a kernel that dies says how, and what it sent is kept",
  async () => {
    const death = run("die");
    await expect(death).rejects.toThrow(KernelDied);
    await expect(death).rejects.toThrow(/SIGKILL[\s\S]*no memory left/);
    expect(seen).toEqual(["last words\n"]);
    expect(connectionFiles()).toEqual([]);
  },
);

test("an unknown kernel is an error with the nearest name", async () => {
  await expect(KernelClient.start("scriptd", tmpdir())).rejects.toThrow(/did you mean "scripted"/);
});
