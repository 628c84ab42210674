import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { userFolder } from "../../../kernel/extension/user-folder.js";
import { History } from "../../../kernel/server/history.js";
import { HistoryFolder } from "../../../kernel/server/history-folder.js";
import { RawKernel } from "../../support/raw-kernel.js";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "retro-history-"));
  path = join(home, "state", "history");
});
afterEach(() => rmSync(home, { recursive: true }));

const open = () => new History(new HistoryFolder(path));

function run(history: History, ...cells: (string | [input: string, output: string])[]) {
  for (const [at, cell] of cells.entries()) {
    const [input, output] = typeof cell === "string" ? [cell] : cell;
    history.started(at + 1, input);
    history.ended(output);
  }
}

/** What a kernel ran that has ended. */
async function past(...cells: Parameters<typeof run>[1][]): Promise<void> {
  const history = open();
  run(history, ...cells);
  await history.close();
}

const tail = (history: History, more: object = {}) =>
  history.answer({ hist_access_type: "tail", n: 100, ...more });
const range = (history: History, more: object = {}) =>
  history.answer({ hist_access_type: "range", ...more });
const search = (history: History, pattern: string, more: object = {}) =>
  history.answer({ hist_access_type: "search", pattern, ...more });

test("tail gives the last n of all sessions, oldest first; 10 when no number is given", async () => {
  await past("a", "b");
  const history = open();
  run(history, "c", "d");
  expect(await tail(history, { n: 3 })).toEqual([
    [1, 2, "b"],
    [2, 1, "c"],
    [2, 2, "d"],
  ]);
  expect(await tail(history, { n: 0 })).toEqual([]);
  run(history, ..."0123456789ab");
  expect(await tail(history, { n: null })).toHaveLength(10);
});

test("range: session 0 is this one, negative ones so many before, others as numbered; stop is excluded", async () => {
  await past("a");
  await past("b1", "b2", "b3");
  const history = open();
  expect(await range(history)).toEqual([]);
  expect(await range(history, { session: -1, start: 3 })).toEqual([[2, 3, "b3"]]);
  run(history, "c1", "c2");
  expect(await range(history, { session: 0, start: 0, stop: null })).toEqual([
    [3, 1, "c1"],
    [3, 2, "c2"],
  ]);
  expect(await range(history, { session: 3, start: 2 })).toEqual([[3, 2, "c2"]]);
  expect(await range(history, { session: -1, start: 1, stop: 3 })).toEqual([
    [2, 1, "b1"],
    [2, 2, "b2"],
  ]);
  expect(await range(history, { session: 1 })).toEqual([[1, 1, "a"]]);
  for (const session of [-3, -9, 4, 1.5, "../1", {}]) {
    expect(await range(history, { session }), String(session)).toEqual([]);
  }
});

test("search: a glob over whole cells of all sessions, n of them, unique ones, with results", async () => {
  await past(["let x = 2", "2"], "1+1");
  const history = open();
  run(history, ["let x = 2", "two"], "let\ny");
  expect(await search(history, "let*")).toEqual([
    [1, 1, "let x = 2"],
    [2, 1, "let x = 2"],
    [2, 2, "let\ny"],
  ]);
  expect(await search(history, "let*", { unique: true, output: true })).toEqual([
    [2, 1, ["let x = 2", "two"]],
    [2, 2, ["let\ny", null]],
  ]);
  expect(await search(history, "let*", { n: 1 })).toEqual([[2, 2, "let\ny"]]);
  expect(await search(history, "[0-9]+?")).toEqual([[1, 2, "1+1"]]);
  expect(await search(history, "let")).toEqual([]);
});

test("the cell that runs is in it, and is written down when the kernel is told to end", async () => {
  const history = open();
  history.started(1, "while (true);");
  expect(await tail(history)).toEqual([[1, 1, "while (true);"]]);
  await history.close();
  expect(await tail(open())).toEqual([[1, 1, "while (true);"]]);
});

test("nothing is read or made before a cell ended or somebody asks", async () => {
  await open().close();
  expect(readdirSync(home)).toEqual([]);
});

test.skipIf(process.platform === "win32")("folder and files are their user's alone", async () => {
  await past("secret");
  const mode = (of: string) => (statSync(of).mode & 0o777).toString(8);
  expect(mode(path)).toBe("700");
  expect(mode(join(path, "1.jsonl"))).toBe("600");
});

test("kernels that run at once have a number and a file each", async () => {
  const [one, other] = [open(), open()];
  run(one, "a");
  run(other, "b");
  await Promise.all([one.close(), other.close()]);
  run(one, "c");
  const cells = async (of: History) => (await tail(of)).map(([, , input]) => input);
  expect(await cells(one)).toEqual(["b", "a", "c"]);
  expect(await cells(other)).toEqual(["a", "c", "b"]);
  expect(readdirSync(path).sort()).toEqual(["1.jsonl", "2.jsonl"]);
});

test("damaged lines and foreign files are left out", async () => {
  await past("a", "b");
  const whole = readFileSync(join(path, "1.jsonl"), "utf8");
  const damage = ["\n", "null", "[]", "{}", '{"line":1}', '{"line":"1","input":"x"}', "\0\0", '"'];
  writeFileSync(
    join(path, "1.jsonl"),
    `{"line":1,"inp${whole}\n${damage.join("\n")}${whole.slice(0, -3)}`,
  );
  for (const name of ["x.jsonl", "-1.jsonl", "0.jsonl", "2.jsonl.tmp", "notes"]) {
    writeFileSync(join(path, name), whole);
  }
  expect(await tail(open())).toEqual([
    [1, 1, "a"],
    [1, 2, "b"],
    [1, 1, "a"],
  ]);
});

test.each(["a file in the folder's place", "no folder at all"])(
  "%s: the kernel remembers its own",
  async (what) => {
    writeFileSync(join(home, "file"), "");
    const folder = what === "no folder at all" ? undefined : new HistoryFolder(join(home, "file"));
    const history = new History(folder);
    run(history, "a", "b");
    expect(await tail(history)).toEqual([
      [1, 1, "a"],
      [1, 2, "b"],
    ]);
    await history.close();
    expect(readdirSync(home)).toEqual(["file"]);
  },
);

test("what a full disk cut off costs that line alone", async () => {
  const history = open();
  run(history, "a");
  await history.close();
  const file = join(path, "1.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").slice(0, -5));
  run(history, "b");
  await history.close();
  expect(await tail(open())).toEqual([[1, 1, "b"]]);
});

test("long results are cut between letters, long cells are left out", async () => {
  await past(["a", "🎈".repeat(20_000)], "x".repeat(100_001), "b");
  expect(await tail(open(), { output: true })).toEqual([
    [1, 1, ["a", "🎈".repeat(10_000)]],
    [1, 3, ["b", null]],
  ]);
});

test("10,000 cells are remembered, and 2 million letters", async () => {
  const many = Array.from({ length: 10_001 }, (_, i) => `${i}`);
  await past(...many);
  const history = open();
  expect(await search(history, "*")).toHaveLength(10_000);
  run(history, "own");
  const found = await search(history, "*");
  expect(found).toHaveLength(10_000);
  expect(found.at(-1)).toEqual([2, 1, "own"]);
  const long = new History(undefined);
  run(long, ...Array.from({ length: 30 }, () => "x".repeat(100_000)));
  expect(await tail(long)).toHaveLength(20);
});

test("a session's file is cut to what is remembered of it", async () => {
  const history = open();
  for (let turn = 0; turn < 4; turn++) {
    run(history, ...Array.from({ length: 20 }, () => "x".repeat(99_999)));
    await history.close();
  }
  expect(statSync(join(path, "1.jsonl")).size).toBeLessThan(5_000_000);
  expect(readdirSync(path)).toEqual(["1.jsonl"]);
  expect(await tail(open())).toHaveLength(20);
});

test("the oldest sessions go when they are more than 1,000, or 16 MB", async () => {
  await past("first");
  const cell = readFileSync(join(path, "1.jsonl"));
  for (let session = 2; session <= 1_003; session++) {
    writeFileSync(join(path, `${session}.jsonl`), cell);
  }
  await past("last");
  expect(readdirSync(path)).toHaveLength(1_001);
  expect(await range(open(), { session: 3 })).toEqual([]);
  writeFileSync(join(path, "1000.jsonl"), Buffer.concat([cell, Buffer.alloc(16_000_000, "\n")]));
  await past("later");
  const numbers = readdirSync(path).map((name) => Number.parseInt(name, 10));
  expect(numbers.sort((a, b) => a - b)).toEqual([1001, 1002, 1003, 1004, 1005]);
});

test("the folder is the one that RETRO_HISTORY names, else the user's; off is none", async () => {
  const cells = () => new History(HistoryFolder.ofUser()).answer({ hist_access_type: "tail" });
  try {
    await past("named");
    vi.stubEnv("RETRO_HISTORY", path);
    expect(await cells()).toEqual([[1, 1, "named"]]);
    vi.stubEnv("RETRO_HISTORY", "off");
    expect(HistoryFolder.ofUser()).toBeUndefined();
    vi.stubEnv("RETRO_HISTORY", "");
    for (const name of ["XDG_STATE_HOME", "HOME", "LOCALAPPDATA"]) vi.stubEnv(name, home);
    path = join(userFolder("state"), "history");
    expect(path.startsWith(home)).toBe(true);
    await past("own");
    expect(await cells()).toEqual([[1, 1, "own"]]);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a kernel finds what the last one ran, through a restart; silent cells are not stored", async () => {
  const env = { RETRO_HISTORY: path };
  const first = await RawKernel.start({ env });
  try {
    await first.execute("6 * 7");
    await first.execute("'silent'", { silent: true });
    await first.execute("'unstored'", { store_history: false });
    await first.execute("throw new Error('x')");
    await first.request("control", "shutdown_request", { restart: true });
    await first.exited();
  } finally {
    await first.stop();
  }
  const second = await RawKernel.start({ env });
  try {
    await second.execute("'now'");
    const request = { hist_access_type: "tail", n: 10, output: true, raw: true };
    const { reply } = await second.request("shell", "history_request", request);
    expect(reply.content).toEqual({
      status: "ok",
      history: [
        [1, 1, ["6 * 7", "42"]],
        [1, 2, ["throw new Error('x')", null]],
        [2, 1, ["'now'", "'now'"]],
      ],
    });
  } finally {
    await second.stop();
  }
});

test("two kernels at once see each other's cells, and a killed one's are kept", async () => {
  const env = { RETRO_HISTORY: path };
  const kernels = await Promise.all([RawKernel.start({ env }), RawKernel.start({ env })]);
  const [one, other] = kernels;
  const inputs = async (kernel: RawKernel) => {
    const request = { hist_access_type: "tail", n: 10 };
    const { reply } = await kernel.request("shell", "history_request", request);
    return reply.content.history.map(([, , input]: [number, number, string]) => input);
  };
  try {
    await Promise.all(kernels.map((kernel, at) => kernel.execute(`"kernel ${at}"`)));
    await expect.poll(() => inputs(other)).toEqual(['"kernel 0"', '"kernel 1"']);
    await other.stop();
    expect(await inputs(one)).toEqual(['"kernel 1"', '"kernel 0"']);
  } finally {
    await Promise.all(kernels.map((kernel) => kernel.stop()));
  }
});
