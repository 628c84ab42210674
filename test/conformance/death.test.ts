import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RawKernel, type Received } from "../support/raw-kernel.js";
import { canMount, SmallDisk } from "../support/small-disk.js";

const MAIN = resolve("dist/main.cjs");
const NODE = [process.execPath, "--no-force-async-hooks-checks"];
const HOARD =
  "const hoard: string[][] = [];\nfor (;;) hoard.push(Array.from({ length: 1_000 }, () => String(Math.random())));";

/** The temporary folder of the kernels of a test, so that nothing else lies there. */
let temporary: string;
const kernels: RawKernel[] = [];

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "retro-death-"));
});
afterEach(async () => {
  for (const kernel of kernels.splice(0)) await kernel.stop();
  rmSync(temporary, { recursive: true, force: true });
});

async function start(options: Parameters<typeof RawKernel.start>[0] = {}): Promise<RawKernel> {
  const env = { TMPDIR: temporary, ...options?.env };
  const kernel = await RawKernel.start({ ...options, env });
  kernels.push(kernel);
  return kernel;
}

/** The kernel that Jupyter starts when this one has died. */
function restart(after: RawKernel, options: Parameters<typeof RawKernel.start>[0] = {}) {
  after.disconnect();
  return start({ ...options, after });
}

/** What kernels left in the temporary folder. */
const left = () =>
  readdirSync(temporary, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(crash|stderr)$/.test(name),
  );

const stderrOf = (iopub: Received[]) =>
  iopub
    .filter(({ type, content }) => type === "stream" && content.name === "stderr")
    .map(({ content }) => content.text)
    .join("");

/** Ends a kernel while a cell runs; the cell never gets a reply. */
async function dieIn(kernel: RawKernel, code: string): Promise<number | string | null> {
  kernel.post(code);
  return kernel.exited();
}

describe("the next kernel says in its first output what the last one died of", () => {
  test("out of memory: the cell, the heap, its limit and the cure", async () => {
    const kernel = await start({ command: [...NODE, "--max-old-space-size=50", MAIN] });
    await kernel.execute("1");
    expect(await dieIn(kernel, HOARD)).toMatch(/^SIG(ABRT|TRAP)$/);
    const files = left();
    expect(files).toHaveLength(2);
    for (const name of files) expect(statSync(join(temporary, name)).mode & 0o77).toBe(0);

    const next = await restart(kernel);
    await next.execute("0", { silent: true });
    const first = await next.execute("1 + 1");
    expect(first.iopub.map(({ type }) => type)).toEqual([
      "status",
      "execute_input",
      "stream",
      "execute_result",
      "status",
    ]);
    expect(stderrOf(first.iopub)).toMatch(
      /^The last kernel died in cell \[2\], `const hoard: string\[\]\[\] = \[\];`, at \d{4}-\d\d-\d\d [\d:]{8}: out of memory \(heap \d+ MB of \d+ MB; give Node more with NODE_OPTIONS=--max-old-space-size=\d+\)\. What its cells had defined is gone\.\n$/,
    );
    expect(stderrOf((await next.execute("2")).iopub)).toBe("");
    await next.request("control", "shutdown_request", { restart: true });
    await next.exited();
    expect(left()).toEqual([]);
    const last = await restart(next);
    expect(stderrOf((await last.execute("3")).iopub)).toBe("");
  });

  test.each([
    ['process.kill(process.pid, "SIGSEGV")', "killed by a signal, or crashed in native code"],
    ["process.reallyExit(3)", "process.reallyExit(3)"],
    [
      'import { writeSync } from "node:fs"; writeSync(2, "free(): invalid pointer\\n"); process.kill(process.pid, "SIGABRT")',
      "killed by a signal, or crashed in native code (free(): invalid pointer)",
    ],
  ])("%s", async (code, cause) => {
    const kernel = await start();
    await dieIn(kernel, code);
    const next = await restart(kernel);
    expect(stderrOf((await next.execute("1")).iopub)).toContain(`: ${cause}. What`);
  });

  test("between two cells: the one that ran last", async () => {
    const kernel = await start();
    await kernel.execute("\n  const 値 = '\u{1f600}'");
    const [file = ""] = left().filter((name) => name.endsWith(".crash"));
    const written = () => readFileSync(join(temporary, file), "utf8");
    await expect.poll(written).toContain('"running":false');
    kernel.process.kill("SIGKILL");
    await kernel.exited();
    const next = await restart(kernel);
    expect(stderrOf((await next.execute("1")).iopub)).toContain(
      "died after cell [1], `const 値 = '\u{1f600}'`, at",
    );
  });

  test("also when the kernel in between ended before it ran a cell", async () => {
    const kernel = await start();
    await dieIn(kernel, 'process.kill(process.pid, "SIGKILL")');
    const between = await restart(kernel);
    await between.request("control", "shutdown_request", { restart: true });
    await between.exited();
    const next = await restart(between);
    expect(stderrOf((await next.execute("1")).iopub)).toContain("died in cell [1]");
  });

  test("the protocol thread's own end", async () => {
    const kernel = await start();
    await kernel.request("control", "shutdown_request", { restart: true });
    await kernel.exited();
    kernel.disconnect();
    const squatter = createServer().listen(kernel.connection.shell_port, "127.0.0.1");
    await once(squatter, "listening");
    const file = join(kernel.folder, "connection.json");
    const words = [...NODE.slice(1), MAIN, file];
    const env = { ...process.env, TMPDIR: temporary };
    expect(spawnSync(process.execPath, words, { env }).signal).toMatch(/^SIG(KILL|ABRT)$/);
    await once(squatter.close(), "close");
    const next = await restart(kernel);
    expect(stderrOf((await next.execute("1")).iopub)).toMatch(
      /died before its first cell at .*: the protocol thread failed: .*in use/,
    );
  });
});

test("what kernels left is swept when their connection files are gone", async () => {
  const kernel = await start();
  await dieIn(kernel, 'process.kill(process.pid, "SIGKILL")');
  expect(left()).toHaveLength(2);
  rmSync(join(kernel.folder, "connection.json"));
  await start();
  // Its own two files are there; the other's go when it has settled.
  await expect.poll(() => left().length, { timeout: 5_000 }).toBe(2);
});

describe("no room for a report is no reason not to work", () => {
  /** A cell, a death, and the first output of the next kernel. */
  async function live(TMPDIR: string): Promise<{ first: string; told: string }> {
    const kernel = await start({ env: { TMPDIR } });
    const cell = await kernel.execute("console.log('out'); 1");
    expect(cell.reply.content.status).toBe("ok");
    expect(cell.text.replace(stderrOf(cell.iopub), "")).toBe("out\n1");
    await dieIn(kernel, 'process.kill(process.pid, "SIGKILL")');
    const next = await restart(kernel, { env: { TMPDIR } });
    const { iopub } = await next.execute("1");
    return { first: stderrOf(cell.iopub), told: stderrOf(iopub) };
  }

  test("no temporary folder", async () => {
    const file = join(temporary, "file");
    writeFileSync(file, "");
    expect(await live(join(file, "none"))).toEqual({ first: "", told: "" });
  });

  test("a folder that others can write", async () => {
    const open = join(temporary, "open");
    mkdirSync(join(open, `retro-${process.getuid?.()}`), { recursive: true, mode: 0o777 });
    execFileSync("chmod", ["-R", "777", open]);
    expect(await live(open)).toEqual({ first: "", told: "" });
  });

  describe.skipIf(!canMount)("a full disk (needs the right to mount one)", () => {
    let disk: SmallDisk;
    beforeEach(() => {
      disk = new SmallDisk("64k");
    });
    afterEach(() => disk.remove());

    test("from the start", async () => {
      disk.fill();
      const sentence = `The disk of ${disk.folder} is full: what child processes and native code print is lost until there is room.\n`;
      expect(await live(disk.folder)).toEqual({ first: sentence, told: sentence });
    });

    test("filled by what a child process prints", async () => {
      const kernel = await start({ env: { TMPDIR: disk.folder } });
      const { iopub } = await kernel.execute(`
        import { execSync, spawnSync } from "node:child_process";
        spawnSync("seq", ["1", "100000"], { stdio: "inherit" }).status`);
      expect(stderrOf(iopub)).toContain(" is full: ");
      // What was read is given back, so the next child prints again.
      const { text } = await kernel.execute('execSync("echo more", { stdio: "inherit" });');
      expect(text).toBe("more\n");
    });
  });
});

describe("an end in time, children included", () => {
  const spin = "for (;;);";
  const wait = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";
  const native = 'require("node:child_process").execSync("exec sleep 1000");';
  const cases = {
    idle: "",
    "in a loop": spin,
    "in Atomics.wait": wait,
    "in a child process": native,
  };

  /** Starts a child in the kernel, then a cell; resolves when it runs. What the child holds open is `fifo`. */
  async function busy(kernel: RawKernel, code: string): Promise<{ ended: Promise<unknown> }> {
    const fifo = join(kernel.folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    const ended = once(spawn("cat", [fifo], { stdio: "ignore" }), "exit");
    await kernel.execute(`
      require("node:child_process").spawn("sh", ["-c", "exec sleep 1000 > '${fifo}'"], { stdio: "ignore" });`);
    const { content } = (await kernel.request("control", "usage_request", {})).reply;
    await expect.poll(() => childrenOf(content.pid), { timeout: 5_000 }).toContain("read -r end");
    if (code) {
      const id = kernel.post(`console.log("in"); ${code}`);
      await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    }
    return { ended };
  }

  const childrenOf = (pid: number) =>
    execFileSync("ps", ["-eo", "ppid=,args="], { encoding: "utf8" })
      .split("\n")
      .filter((row) => row.trim().startsWith(`${pid} `))
      .join("\n");

  describe("SIGTERM", () => {
    test.each(Object.entries(cases))("%s", async (_name, code) => {
      const kernel = await start();
      const { ended } = await busy(kernel, code);
      const from = performance.now();
      kernel.process.kill("SIGTERM");
      expect(await kernel.exited()).toBe("SIGTERM");
      await ended;
      expect(performance.now() - from).toBeLessThan(2_000);
    });
  });

  describe("the parent gone", () => {
    // Starts the kernel as Jupyter does; the pipe ends when the kernel does.
    const launch = `
      const { spawn } = require("node:child_process");
      spawn(process.execPath, process.argv.slice(1), {
        detached: true,
        env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
        stdio: ["ignore", "ignore", "inherit", 1],
      });`;

    test.each(Object.entries(cases))("%s", async (_name, code) => {
      const kernel = await start({
        command: [process.execPath, "-e", launch, "--", ...NODE.slice(1), MAIN],
      });
      const { ended } = await busy(kernel, code);
      const from = performance.now();
      const closed = once(kernel.process.stdout?.resume() as NodeJS.ReadableStream, "close");
      kernel.process.kill("SIGKILL");
      await Promise.all([closed, ended]);
      expect(performance.now() - from).toBeLessThan(5_000);
      expect(left()).toEqual([]);
    });
  });

  test("shutdown while a cell spins, exit code 0", async () => {
    const kernel = await start();
    const { ended } = await busy(kernel, spin);
    kernel.send("control", "shutdown_request", { restart: false });
    expect(await kernel.exited()).toBe(0);
    await ended;
  });
});

describe("a second front end", () => {
  test("sees all on iopub, gets its own replies, and its end hurts nobody", async () => {
    const kernel = await start();
    const other = await kernel.another();
    const [mine, its] = await Promise.all([
      kernel.execute("console.log('mine'); 1"),
      other.execute("console.log('its'); 2"),
    ]);
    expect([mine.text, its.text]).toEqual(["mine\n1", "its\n2"]);
    for (const [one, exchange] of [
      [kernel, its],
      [other, mine],
    ] as const) {
      await one.until(
        (m) =>
          m.channel === "iopub" && m.type === "execute_result" && m.parent.msg_id === exchange.id,
      );
      expect(
        one.received.some((m) => m.channel === "shell" && m.parent.msg_id === exchange.id),
      ).toBe(false);
    }
    const orphan = other.post("await new Promise((done) => setTimeout(done, 100)); 'ran'");
    await kernel.until((m) => m.type === "execute_input" && m.parent.msg_id === orphan);
    other.disconnect();
    expect((await kernel.execute("'still here'")).text).toBe("'still here'");
    expect(kernel.outputsOf(orphan).map(({ type }) => type)).toContain("execute_result");
    const third = await kernel.another();
    expect((await third.execute("3")).text).toBe("3");
    third.disconnect();
  });
});
