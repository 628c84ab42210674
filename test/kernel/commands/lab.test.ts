import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findJupyterLab } from "../../../kernel/commands/jupyterlab.js";
import { retroKernelspec } from "../../../kernel/notebook/kernelspec.js";
import { distFile } from "../../../kernel/notebook/package-folder.js";
import { retro } from "./retro.js";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-lab-test-"));
  for (const name of ["bin", "tmp", "home"]) mkdirSync(join(folder, name));
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Its temporary files and its Jupyter are in the folder of the test. */
const env = () => ({
  HOME: join(folder, "home"),
  TMPDIR: join(folder, "tmp"),
  JUPYTER_DATA_DIR: join(folder, "home", "data"),
  JUPYTER_RUNTIME_DIR: join(folder, "home", "runtime"),
  JUPYTER_CONFIG_DIR: join(folder, "home", "config"),
  JUPYTER_PATH: join(folder, "more"),
});

/** A program in place of what is on the PATH. */
function standIn(name: string, code: string): void {
  const file = join(folder, "bin", name);
  writeFileSync(file, `#!${process.execPath}\n${code}`);
  chmodSync(file, 0o755);
}

/** A JupyterLab that tells how it was started, counts what interrupts it, and reads one line. */
function standInLab(version = "4.1.0"): void {
  standIn(
    "jupyter-lab",
    `
    if (process.argv.includes("--version")) { console.log("${version}"); process.exit(); }
    const { readFileSync } = process.getBuiltinModule("node:fs");
    const path = process.env.JUPYTER_PATH;
    const spec = JSON.parse(readFileSync(path.split(${JSON.stringify(delimiter)})[0] + "/kernels/retro/kernel.json"));
    let asked = 0;
    process.on("SIGINT", () => { console.log("asked", ++asked); if (asked === 2) process.exit(7); });
    process.stdin.once("data", (line) => { console.log("read", String(line).trim()); });
    if (process.stdin.isTTY) process.on("SIGTERM", () => { console.log("ended"); process.exit(3); });
    setInterval(() => {}, 1000);
    console.log(JSON.stringify({ args: process.argv.slice(2), path, spec }));
    `,
  );
}

const withStandIns = () => ({ ...env(), PATH: join(folder, "bin") });

/** Starts `retro lab`; `until` waits for a text that it prints. */
function start(words: string[], variables: Record<string, string>) {
  const started = spawn(process.execPath, [distFile("cli.js"), "lab", ...words], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child = started;
  let said = "";
  const heard = new Set<() => void>();
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      for (const hear of heard) hear();
    });
  }
  const ended = once(started, "exit").then(([code]) => code as number | null);
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const hear = () => {
        const match = pattern.exec(said);
        if (match) resolve(match);
      };
      heard.add(hear);
      hear();
      void ended.then(() => reject(new Error(`it ended and said\n${said}`)));
    });
  return { process: started, ended, until };
}

const isPosix = process.platform !== "win32";

test.skipIf(!isPosix)(
  "JupyterLab gets the arguments and the kernel, and nothing is left",
  async () => {
    standInLab();
    writeFileSync(join(folder, "a.ipynb"), "{}");
    const lab = start(["a.ipynb", "--", "--no-browser", "--port", "1"], withStandIns());
    const told = JSON.parse((await lab.until(/^\{.*\}$/m))[0]);
    expect(told.args).toEqual(["a.ipynb", "--no-browser", "--port", "1"]);
    const [own, more] = told.path.split(delimiter);
    expect(more).toBe(join(folder, "more"));
    expect(told.spec).toEqual(retroKernelspec());
    expect(existsSync(own)).toBe(true);
    lab.process.kill("SIGINT");
    await lab.until(/asked 1$/m);
    lab.process.kill("SIGINT");
    await lab.until(/asked 2$/m);
    expect(await lab.ended).toBe(7);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    expect(readdirSync(join(folder, "home"))).toEqual([]);
  },
);

test.skipIf(!isPosix)("SIGTERM ends it, and the exit code is a shell's", async () => {
  standInLab();
  const lab = start(["--no-browser"], withStandIns());
  expect(JSON.parse((await lab.until(/^\{.*\}$/m))[0]).args).toEqual(["--no-browser"]);
  lab.process.kill("SIGTERM");
  expect(await lab.ended).toBe(143);
  expect(readdirSync(join(folder, "tmp"))).toEqual([]);
});

const python = spawnSync("python3", ["-c", "import pty"], { stdio: "ignore" }).status === 0;

test.skipIf(!python)(
  "in a terminal Ctrl-C reaches JupyterLab once, and it hears the answer (needs python3)",
  () => {
    standInLab();
    const terminal = `
import os, pty, signal, sys
pid, fd = pty.fork()
if pid == 0:
    os.execve(sys.argv[1], sys.argv[1:], {**os.environ, "PATH": ${JSON.stringify(join(folder, "bin"))}})
said = b""
def until(text):
    global said
    while text not in said:
        said += os.read(fd, 1000)
until(b"args"); os.write(fd, b"\\x03")
until(b"asked"); os.write(fd, b"y\\n")
until(b"read y")
# What was forwarded before comes before.
os.kill(pid, signal.SIGTERM); until(b"ended")
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(said.count(b"asked"), code)`;
    const { stdout, stderr } = spawnSync(
      "python3",
      ["-c", terminal, process.execPath, distFile("cli.js"), "lab"],
      { cwd: folder, encoding: "utf8", env: { ...process.env, ...env() }, timeout: 20_000 },
    );
    expect([stdout, stderr]).toEqual(["1 3\n", ""]);
  },
);

test("without JupyterLab it says how to get it, for the installers that are there", () => {
  expect(retro(["lab"], folder, withStandIns())).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "there is no JupyterLab in the active environment; get it by\n" +
      'get Python from https://www.python.org, then: python3 -m pip install "jupyterlab>=4"\n',
  });
});

test.skipIf(!isPosix)(
  "each installer that is there is named, and a JupyterLab that is too old",
  () => {
    standInLab("3.6.8");
    standIn("uv", "console.log('uv 0.9.0')");
    standIn("python3", "process.exit(process.argv[3] === 'pip' ? 0 : 1)");
    expect(retro(["lab"], folder, withStandIns())).toMatchObject({
      status: 2,
      stderr:
        "JupyterLab 3.6.8 (jupyter-lab) is too old, Retro needs 4.0 or newer; get it by\n" +
        'uv tool install "jupyterlab>=4"\nor python3 -m pip install "jupyterlab>=4"\n',
    });
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  },
);

test("a folder or notebook that is not there is named with the nearest", () => {
  writeFileSync(join(folder, "report.ipynb"), "{}");
  expect(retro(["lab", "reprot.ipynb"], folder)).toMatchObject({
    status: 2,
    stderr:
      'reprot.ipynb: cannot open the folder or notebook: there is no such file (did you mean "report.ipynb"?)\n',
  });
  expect(retro(["lab", "none/report.ipynb"], folder)).toMatchObject({
    status: 2,
    stderr: "none/report.ipynb: cannot open the folder or notebook: there is no folder none\n",
  });
});

test.skipIf(!findJupyterLab()?.version.startsWith("4"))(
  "JupyterLab offers the kernel, and Ctrl-C ends both (needs JupyterLab 4)",
  async () => {
    const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
    const lab = start([".", "--no-browser", "--ip", "127.0.0.1", "--port", "0", ...root], env());
    const [, address, token] = await lab.until(/(http:\/\/127\.0\.0\.1:\d+)\/\S*\?token=(\w+)/);
    const answer = await fetch(`${address}/api/kernelspecs?token=${token}`);
    const { kernelspecs } = (await answer.json()) as { kernelspecs: Record<string, unknown> };
    expect(kernelspecs.retro).toMatchObject({ spec: { argv: retroKernelspec().argv } });
    lab.process.kill("SIGINT");
    expect(await lab.ended).toBe(0);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    expect(existsSync(join(folder, "home", "data", "kernels"))).toBe(false);
  },
  60_000,
);
