import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeCell } from "../../../kernel/notebook/nbformat.js";
import { distFile } from "../../../kernel/notebook/package-folder.js";
import { parseNotebook, readNotebook } from "../../../kernel/notebook/read-notebook.js";
import { writeNotebook } from "../../../kernel/notebook/write-notebook.js";
import { canMount, SmallDisk } from "../../support/small-disk.js";
import { retro } from "./retro.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a notebook of code cells; a source may be preceded by its tags in brackets. */
function write(name: string, ...sources: string[]): string {
  const cells = sources.map((text, i): CodeCell => {
    const [, tag, source = ""] = /^(?:\[(.*?)\])?([\s\S]*)$/.exec(text) ?? [];
    const metadata = tag === undefined ? {} : { tags: [tag] };
    return {
      cell_type: "code",
      execution_count: null,
      id: `cell-${i}`,
      metadata,
      outputs: [],
      source,
    };
  });
  writeNotebook(join(folder, name), { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return name;
}

const outputs = (file: string) =>
  readNotebook(join(folder, file)).cells.map((cell) =>
    cell.cell_type === "code" ? cell.outputs : [],
  );

test("outputs go to out/ by default, the same bytes every time", () => {
  write("a.ipynb", "let x = 2", "console.log('printed', x)", "x * 21");
  const first = retro(["run", "a.ipynb"], folder, { RETRO_HISTORY: join(folder, "history") });
  expect(first).toMatchObject({ status: 0, stdout: `42\n\n${join("out", "a.ipynb")}\n` });
  expect(first.stderr).toMatch(/^cell 1\/3 .*\ncell 2\/3 .* printed 2\ncell 3\/3 /);
  // What a notebook runs is nobody's history.
  expect(existsSync(join(folder, "history"))).toBe(false);
  const bytes = readFileSync(join(folder, "out/a.ipynb"), "utf8");
  expect(outputs("out/a.ipynb")[2]).toMatchObject([{ data: { "text/plain": "42" } }]);
  retro(["run", "a.ipynb", "-o", "b.ipynb"], folder);
  expect(readFileSync(join(folder, "b.ipynb"), "utf8")).toBe(bytes);
});

test("parameters, a page and JSON about the run", () => {
  write(
    "a.ipynb",
    "[parameters]const days = 1; const data: string = ''",
    "[summary]console.log(days * 2, data)",
    "'end'",
  );
  const words = [
    "run",
    "a.ipynb",
    "-p",
    "days=21",
    "-p",
    "data=x.csv",
    "--html",
    "a.html",
    "--json",
  ];
  const { status, stdout } = retro(words, folder);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    status: "ok",
    notebook: "a.ipynb",
    output: join("out", "a.ipynb"),
    html: "a.html",
    summary: "42 x.csv",
  });
  expect(readFileSync(join(folder, "a.html"), "utf8")).toContain("<title>a</title>");
});

test("a failing cell exits with 1 and what ran is kept", () => {
  write("a.ipynb", "1 + 1", "throw new TypeError('no such thing')", "3");
  const { status, stderr } = retro(["run", "a.ipynb"], folder);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/cell 2 \(cell-1\) failed:[\s\S]*TypeError: no such thing/),
  ]);
  expect(outputs("out/a.ipynb").map(({ length }) => length)).toEqual([1, 1, 0]);
  expect(retro(["run", "a.ipynb", "--allow-errors"], folder).status).toBe(0);
  expect(outputs("out/a.ipynb").map(({ length }) => length)).toEqual([1, 1, 1]);
});

test("an InputError in a cell is the user's: its message, 2 and no file", () => {
  write(
    "a.ipynb",
    "class InputError extends Error { override name = 'InputError' }\nthrow new InputError('log.csv:3: bad')",
  );
  const { status, stdout, stderr } = retro(["run", "a.ipynb", "--html", "a.html"], folder);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.split("\n").filter((line) => !line.startsWith("cell "))).toEqual([
    "log.csv:3: bad",
    "",
  ]);
  expect(readdirSync(folder)).toEqual(["a.ipynb"]);
});

test("an InputError after other cells is named, and their outputs are kept", () => {
  write("a.ipynb", "console.log('worth keeping')", "throw new retro.InputError('no such column')");
  const { status, stderr } = retro(["run", "a.ipynb"], folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(/cell 2 \(.*\) failed:\nInputError: no such column/);
  expect(readFileSync(join(folder, "out", "a.ipynb"), "utf8")).toContain("worth keeping");
});

test("a cell that takes too long is named", () => {
  write("a.ipynb", "// %check off\nconsole.log('on'); for (;;);");
  const { status, stderr } = retro(["run", "a.ipynb", "--timeout", "0.5"], folder);
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      "cell 1 (cell-0) failed:\nCellTimeout: the cell took longer than 0.5 s",
    ),
  ]);
  expect(outputs("out/a.ipynb")[0]?.[0]).toMatchObject({ text: "on\n" });
});

describe.skipIf(process.platform === "win32")("a kernel that dies", () => {
  test.each([
    ["process.kill(process.pid, 'SIGKILL')", "the kernel was ended by SIGKILL in cell [3]"],
    ["process.kill(process.pid, 'SIGSEGV')", "the kernel was ended by SIGSEGV in cell [3]"],
    ["process.reallyExit(3)", "process.reallyExit(3) in cell [3]"],
  ])("%s", (code, message) => {
    const sources = [
      "console.log('on')",
      `// %check off\nconsole.log('so far'); await pause(50); ${code}`,
    ];
    write(
      "a.ipynb",
      `const pause = (ms) => new Promise((done) => setTimeout(done, ms))`,
      ...sources,
    );
    const { status, stderr } = retro(["run", "a.ipynb"], folder, { TMPDIR: folder });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`cell 3 (cell-2) failed:\nKernelDied: ${message}`),
    ]);
    expect(outputs("out/a.ipynb")).toMatchObject([
      [],
      [{ text: "on\n" }],
      [{ text: "so far\n" }, { ename: "KernelDied" }],
    ]);
    // Neither the connection file nor the kernel's own files stay.
    expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()).toEqual([
      "a.ipynb",
      "out",
      join("out", "a.ipynb"),
      `retro-${process.getuid?.()}`,
    ]);
  });

  test("out of memory", () => {
    write(
      "a.ipynb",
      "console.log('so far')",
      "const hoard = []; for (;;) hoard.push(Array.from({ length: 1_000 }, () => String(Math.random())))",
    );
    const env = { NODE_OPTIONS: "--max-old-space-size=50" };
    const { status, stderr } = retro(["run", "a.ipynb"], folder, env);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /cell 2 \(cell-1\) failed:\nKernelDied: out of memory in cell \[2\] \(heap \d+ MB of \d+ MB; give Node more with NODE_OPTIONS=--max-old-space-size=\d+\)/,
      ),
    ]);
    expect(outputs("out/a.ipynb")[0]).toMatchObject([{ text: "so far\n" }]);
  });
});

test.skipIf(process.platform === "win32")(
  "Ctrl-C interrupts the cell, keeps what there is and exits with 130",
  async () => {
    write("a.ipynb", "1 + 1", "console.log('spinning'); for (;;);", "3");
    const words = [distFile("cli.js"), "run", "a.ipynb", "--html", "a.html"];
    const child = spawn(process.execPath, words, {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = once(child, "exit");
    // The first line is written when the second cell starts.
    await once(child.stderr, "data");
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(outputs("out/a.ipynb")[0]).toMatchObject([{ data: { "text/plain": "2" } }]);
    expect(outputs("out/a.ipynb")[2]).toEqual([]);
    expect(existsSync(join(folder, "a.html"))).toBe(true);
  },
);

test.each([
  [["run"], "missing required argument 'notebook'"],
  [["run", "none.ipynb"], "none.ipynb: cannot read the notebook: there is no such file"],
  [["run", "a.ipynb", "-p", "a=1"], "has no cell tagged parameters"],
  [["run", "a.ipynb", "--timeout", "0"], "above 0"],
  [["run", "a.ipynb", "--kernel-name", "rtero"], 'did you mean "retro"'],
  [["run", "a.ipynb", "b.ipynb"], "too many arguments"],
])("wrong usage exits with 2 and writes nothing: %j", (words, message) => {
  write("a.ipynb", "1");
  const { status, stderr } = retro(words, folder);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(readdirSync(folder)).toEqual(["a.ipynb"]);
});

test("retro test compares, tells the difference, and updates", () => {
  write("a.ipynb", "console.log('value', 1 / 3)");
  const before = retro(["test", "a.ipynb"], folder);
  expect([before.status, before.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^different {2}a\.ipynb\n {2}cell 1 \(cell-0\), output 1\n {4}expected {2}no output\n/,
    ),
  ]);
  expect(retro(["test", "a.ipynb", "--update"], folder)).toMatchObject({
    status: 0,
    stdout: "updated    a.ipynb\n",
  });
  const text = readFileSync(join(folder, "a.ipynb"), "utf8");
  writeFileSync(join(folder, "a.ipynb"), text.replace("0.3333333333333333", "0.33333334"));
  expect(retro(["test", "a.ipynb", "--json"], folder)).toMatchObject({
    status: 0,
    stdout: '{"notebooks":[{"notebook":"a.ipynb","status":"same"}]}\n',
  });
  expect(parseNotebook(text, "a.ipynb").metadata.kernelspec?.name).toBe("retro");
  writeFileSync(join(folder, "a.ipynb"), text.replace("value 0.3", "value 0.4"));
  const after = JSON.parse(retro(["test", "a.ipynb", "--json"], folder).stdout);
  expect(after.notebooks[0].differences).toMatchObject([
    { cellId: "cell-0", where: "output 1, line 1" },
  ]);
  expect(retro(["test"], folder)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("no notebooks/*.ipynb"),
  });
});

test("an output that cannot be written is refused before anything runs", () => {
  write("a.ipynb", "console.log('ran')");
  writeFileSync(join(folder, "file"), "");
  const complaint = (...words: string[]) => {
    const { status, stderr } = retro(["run", "a.ipynb", ...words], folder);
    expect(status).toBe(2);
    return stderr.trimEnd();
  };
  expect(complaint("-o", ".")).toBe(".: cannot be written: it is a folder; name a file in it");
  expect(complaint("--html", "file/a.html")).toMatch(
    /^file\/a\.html: cannot be written: .*file is no folder$/,
  );
  expect(complaint("-o", "x", "--html", "./x")).toBe(
    "x: is named for the notebook and for the page; name two files",
  );
});

describe.skipIf(!canMount)("a full disk (needs the right to mount one)", () => {
  let disk: SmallDisk;
  beforeEach(() => {
    disk = new SmallDisk("8k");
  });
  afterEach(() => disk.remove());

  test("the outputs go elsewhere", () => {
    write("a.ipynb", "console.log('kept'.repeat(5_000))", "throw new Error('seen')");
    const words = ["run", "a.ipynb", "-o", join(disk.folder, "a.ipynb")];
    const { status, stderr } = retro(words, folder, { TMPDIR: folder });
    const [, spare = ""] = / is (\S+a\.ipynb)\n$/.exec(stderr) ?? [];
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(
        /cell 2 \(cell-1\) failed:\nError: seen[\s\S]*a\.ipynb: cannot be written: ENOSPC.*; the notebook with its outputs is /,
      ),
    ]);
    expect(readFileSync(spare, "utf8")).toContain("kept".repeat(5_000));
    expect(readdirSync(disk.folder)).toEqual([]);
  });

  test("nor is there room for a kernel", () => {
    write("a.ipynb", "1");
    disk.fill();
    const { status, stderr } = retro(["run", "a.ipynb"], folder, { TMPDIR: disk.folder });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^cannot write .*: ENOSPC.*; TMPDIR may name another folder\n$/),
    ]);
    expect(readdirSync(disk.folder)).toEqual(["fill"]);
  });
});

test("a missing notebook or file of parameters names the nearest", () => {
  write("campaign.ipynb", "1");
  expect(retro(["run", "campain.ipynb"], folder)).toMatchObject({
    status: 2,
    stderr:
      'campain.ipynb: cannot read the notebook: there is no such file (did you mean "campaign.ipynb"?)\n',
  });
  writeFileSync(join(folder, "values.yaml"), "n: 1");
  expect(retro(["run", "campaign.ipynb", "--params", "value.yaml"], folder)).toMatchObject({
    status: 2,
    stderr:
      'value.yaml: cannot read the parameters: there is no such file (did you mean "values.yaml"?)\n',
  });
});
