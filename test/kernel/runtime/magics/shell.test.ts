import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawKernel, textOf } from "../../../support/raw-kernel.js";

let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start();
});
afterAll(() => kernel.stop());

const run = async (code: string) => (await kernel.execute(code)).text;

/** Starts a cell and waits until it has printed this. */
async function started(code: string, text: string, of = kernel): Promise<string> {
  const id = of.post(code);
  await of.until((m) => m.type === "stream" && textOf(of.outputsOf(id)).includes(text));
  return id;
}

/** Makes a pipe in the kernel's folder. */
function fifo(name: string, of = kernel): string {
  const path = join(of.folder, name);
  execFileSync("mkfifo", [path]);
  return path;
}

/** Resolves when all that write to a pipe have ended; a command writes to it by `> name`. */
const ended = (path: string) => once(spawn("cat", [path], { stdio: "ignore" }), "exit");

describe("output", () => {
  test("comes as it is printed, colours and letters whole", async () => {
    const gate = fifo("gate");
    const command = "printf '\\033[31mred\\033[0m \\303'; cat gate; printf '\\274ber'";
    const id = await started(`%shell ${command}`, "red");
    expect(textOf(kernel.outputsOf(id))).toBe("\u001b[31mred\u001b[0m ");
    writeFileSync(gate, "");
    await kernel.exchange("shell", id);
    expect(textOf(kernel.outputsOf(id))).toBe("\u001b[31mred\u001b[0m über");
  });

  test("has its stream, and its place among what the cell prints", async () => {
    const { iopub } = await kernel.execute(
      'console.log("1");\n%shell echo 2; echo 3 >&2\nconsole.log("4");',
    );
    const streams = iopub.filter(({ type }) => type === "stream");
    const text = (name: string) =>
      streams.map(({ content }) => (content.name === name ? content.text : "")).join("");
    expect([text("stdout"), text("stderr")]).toEqual(["1\n2\n4\n", "3\n"]);
  });

  test("arrives whole", async () => {
    const text = await run("%shell yes 123456789 | head -n 300000");
    expect(text).toBe("123456789\n".repeat(300_000));
  });
});

test("runs where the cell is, with no input", async () => {
  await run('require("node:fs").mkdirSync("below"); process.chdir("below")');
  expect(await run('%shell basename "$PWD"; cat; echo end')).toBe("below\nend\n");
  await run('process.chdir("..")');
});

describe("what fails is one error, and the cell stops", () => {
  test.each([
    ["echo out; exit 3", 'out\nCommandError: "!echo out; exit 3" ended with exit code 3'],
    ["kill -TERM $$", 'CommandError: "!kill -TERM $$" was ended by SIGTERM'],
    ["", "InputError: ! needs a command, as in !ls"],
  ])("%s", async (command, text) => {
    expect(await run(`%shell ${command}\nconsole.log("after")`)).toBe(text);
  });

  test("a folder that is gone", async () => {
    await run('require("node:fs").mkdirSync("gone"); process.chdir("gone")');
    await run('require("node:fs").rmdirSync("../gone")');
    expect(await run("%shell true")).toMatch(/^\w*Error: .*(cannot be started|ENOENT)/);
    await run(`process.chdir(${JSON.stringify(kernel.folder)})`);
  });
});

describe("an interrupt", () => {
  test("ends the command and what it started, which may say a last word", async () => {
    const all = ended(fifo("group"));
    const command = "exec 9> group; trap 'echo bye; exit 1' INT; echo up; sleep 1000 | cat";
    const id = await started(`%shell ${command}`, "up");
    await kernel.interrupt();
    const { reply } = await kernel.exchange("shell", id);
    expect(reply.content.ename).toBe("Interrupted");
    await kernel.until((m) => m.parent.msg_id === id && m.content.text === "bye\n");
    await all;
    expect(await run("%shell echo next")).toBe("next\n");
  });

  test("ends a command that does not listen", async () => {
    const all = ended(fifo("deaf"));
    const id = await started("%shell trap '' INT; echo up; exec sleep 1000 > deaf", "up");
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    await all;
  });

  test("ends one that prints without end", async () => {
    const all = ended(fifo("flood"));
    const id = await started("%shell exec 9> flood; yes", "y\ny\n");
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    await all;
  });
});

test("what is left in the background does not hold the cell, and prints into it", async () => {
  const gate = fifo("later");
  const { id, text } = await kernel.execute("%shell (cat later; echo late) & echo now");
  expect(text).toBe("now\n");
  expect(await run("1")).toBe("1");
  writeFileSync(gate, "");
  const late = await kernel.until((m) => m.type === "stream" && m.content.text === "late\n");
  expect(late.parent.msg_id).toBe(id);
});

describe("commands end with the kernel", () => {
  test.each([
    ["that is killed", (of: RawKernel) => void of.process.kill("SIGKILL")],
    [
      "that is killed with its group",
      (of) => void process.kill(-(of.process.pid as number), "SIGKILL"),
    ],
    ["that is shut down", (of) => void of.send("control", "shutdown_request", { restart: false })],
  ] satisfies [string, (of: RawKernel) => void][])("%s", async (_how, end) => {
    const other = await RawKernel.start();
    try {
      const all = [ended(fifo("command", other)), ended(fifo("background", other))];
      await other.execute("%shell sleep 1000 > background &");
      await started("%shell echo up; exec sleep 1000 > command", "up", other);
      end(other);
      await other.exited();
      await Promise.all(all);
    } finally {
      await other.stop();
    }
  });
});
