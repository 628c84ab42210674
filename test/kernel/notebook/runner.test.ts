import { describe, expect, test } from "vitest";
import type { ExecuteReply } from "../../../kernel/notebook/client.js";
import { KernelDied } from "../../../kernel/notebook/kernel-process.js";
import type { CellMetadata, CodeCell, Notebook } from "../../../kernel/notebook/nbformat.js";
import { type Kernel, type RunOptions, runCells } from "../../../kernel/notebook/runner.js";
import type { Message } from "../../../kernel/protocol/message.js";

type Step = [type: string, content: Record<string, unknown>];
type Script = (send: (...step: Step) => void, kernel: { interrupted: Promise<void> }) => unknown;

/** A kernel in memory; a cell's source names the script that it runs. */
function kernelOf(scripts: Record<string, Script>): Kernel & { ran: string[] } {
  let count = 0;
  let interrupt = () => {};
  const ran: string[] = [];
  return {
    ran,
    interrupt: () => interrupt(),
    execute: async (code, _id, listener) => {
      ran.push(code);
      const interrupted = new Promise<void>((resolve) => {
        interrupt = resolve;
      });
      const send = (type: string, content: Record<string, unknown>) =>
        listener({ header: { msg_type: type }, content } as Message);
      const execution_count = ++count;
      const error = await scripts[code]?.(send, { interrupted });
      const reply: ExecuteReply =
        error instanceof Error
          ? { status: "error", execution_count, ename: error.name, evalue: error.message }
          : { status: "ok", execution_count };
      return reply;
    },
  };
}

const code = (source: string, tags: string[] = [], metadata: CellMetadata = {}): CodeCell => ({
  cell_type: "code",
  execution_count: 9,
  id: `id-${source}`,
  metadata: { tags, ...metadata },
  outputs: [{ output_type: "stream", name: "stdout", text: "old" }],
  source,
});

const notebookOf = (...cells: CodeCell[]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

async function run(
  scripts: Record<string, Script>,
  cells: CodeCell[],
  options: Partial<RunOptions> = {},
) {
  const kernel = kernelOf(scripts);
  const result = await runCells(notebookOf(...cells), kernel, { cwd: ".", ...options });
  return { ...result, cells: result.notebook.cells as CodeCell[], ran: kernel.ran };
}

const stream = (text: string, name = "stdout"): Step => ["stream", { name, text }];
const show = (text: string, display_id?: string): Step => [
  "display_data",
  { data: { "text/plain": text }, metadata: {}, transient: display_id ? { display_id } : {} },
];

describe("outputs", () => {
  test("streams merge, display and counts follow", async () => {
    const { cells } = await run(
      {
        a: (send) => {
          for (const step of [
            stream("1"),
            stream("2\n"),
            stream("!", "stderr"),
            show("x"),
            stream("3"),
          ])
            send(...step);
        },
      },
      [code("a")],
    );
    expect(cells[0]?.execution_count).toBe(1);
    expect(cells[0]?.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: "12\n" },
      { output_type: "stream", name: "stderr", text: "!" },
      { output_type: "display_data", data: { "text/plain": "x" }, metadata: {} },
      { output_type: "stream", name: "stdout", text: "3" },
    ]);
  });

  test("an update changes the outputs of earlier cells too", async () => {
    const { cells } = await run(
      {
        a: (send) => send(...show("old", "id")),
        b: (send) =>
          send("update_display_data", { ...show("new")[1], transient: { display_id: "id" } }),
      },
      [code("a"), code("b")],
    );
    expect(cells[0]?.outputs).toMatchObject([{ data: { "text/plain": "new" } }]);
    expect(cells[1]?.outputs).toEqual([]);
  });

  test("clear_output with wait clears when the next output comes", async () => {
    const { cells } = await run(
      {
        a: (send) => {
          send(...stream("1"));
          send("clear_output", { wait: true });
          send(...stream("2"));
          send("clear_output", { wait: true });
        },
        b: (send) => {
          send(...stream("1"));
          send("clear_output", { wait: false });
        },
      },
      [code("a"), code("b")],
    );
    expect(cells.map(({ outputs }) => outputs)).toMatchObject([[{ text: "2" }], []]);
  });

  test("a line written anew by carriage returns is kept in its last form", async () => {
    const { cells } = await run(
      { a: (send) => ["a\n", "10%\r", "20", "%\r100%\n"].map((text) => send(...stream(text))) },
      [code("a")],
    );
    expect(cells[0]?.outputs).toMatchObject([{ text: "a\n100%\n" }]);
  });

  test("what an earlier cell prints late stays with it", async () => {
    let late = () => {};
    const { cells } = await run(
      {
        a: (send) => {
          late = () => send(...stream("late"));
        },
        b: () => late(),
      },
      [code("a"), code("b")],
    );
    expect(cells.map(({ outputs }) => outputs.length)).toEqual([1, 0]);
  });
});

describe("which cells run", () => {
  test("empty ones and those tagged skip-execution do not; the latter keep their outputs", async () => {
    const { cells, ran } = await run({}, [code("a", ["skip-execution"]), code(" "), code("b")]);
    expect(ran).toEqual(["b"]);
    expect(cells.map(({ outputs }) => outputs.length)).toEqual([1, 0, 0]);
  });

  test("an error ends the run, names its cell and leaves no old outputs behind", async () => {
    const { failure, cells, ran } = await run({ a: () => new TypeError("no") }, [
      code("a"),
      code("b"),
    ]);
    expect(failure).toEqual({
      reason: "raised",
      position: 1,
      cellId: "id-a",
      ename: "TypeError",
      evalue: "no",
    });
    expect(ran).toEqual(["a"]);
    expect(cells[1]).toMatchObject({ outputs: [], execution_count: null });
  });

  test("errors may be allowed", async () => {
    const { failure, ran } = await run({ a: () => new Error("no") }, [code("a"), code("b")], {
      allowErrors: true,
    });
    expect([failure, ran]).toEqual([undefined, ["a", "b"]]);
  });

  test("a cell tagged raises-exception must raise", async () => {
    const raising = { a: () => new Error("yes"), b: () => {} };
    const tagged = (name: string) => code(name, ["raises-exception"]);
    expect((await run(raising, [tagged("a")])).failure).toBeUndefined();
    const { failure, cells } = await run(raising, [tagged("b")]);
    expect(failure).toMatchObject({ reason: "silent", cellId: "id-b" });
    expect(cells[0]?.outputs).toMatchObject([{ output_type: "error", ename: "NothingRaised" }]);
  });
});

describe("a cell that is stopped", () => {
  const hang: Script = async (send, kernel) => {
    send(...stream("so far"));
    await kernel.interrupted;
    return new Error("stopped");
  };

  test("for its time", async () => {
    const { failure, cells } = await run({ a: hang }, [code("a"), code("b")], {
      timeout: 0.01,
      allowErrors: true,
    });
    expect(failure).toMatchObject({
      reason: "timeout",
      cellId: "id-a",
      evalue: "the cell took longer than 0.01 s",
    });
    expect(cells[0]?.outputs).toMatchObject([{ text: "so far" }, { ename: "CellTimeout" }]);
  });

  test("by the user keeps what there is", async () => {
    const abort = new AbortController();
    const { failure, ran, cells } = await run({ a: hang }, [code("a"), code("b")], {
      signal: abort.signal,
      onLine: () => abort.abort(),
    });
    expect(failure).toMatchObject({ reason: "interrupted", position: 1 });
    expect(ran).toEqual(["a"]);
    expect(cells[0]?.outputs).toMatchObject([{ text: "so far" }]);
  });

  test("by its kernel's death names it and keeps what there is", async () => {
    const { failure, cells } = await run(
      {
        a: (send) => {
          send(...stream("so far"));
          throw new KernelDied("the kernel was ended by SIGKILL");
        },
      },
      [code("a")],
    );
    expect(failure).toMatchObject({
      reason: "died",
      cellId: "id-a",
      evalue: "the kernel was ended by SIGKILL",
    });
    expect(cells[0]?.outputs).toMatchObject([{ text: "so far" }, { ename: "KernelDied" }]);
  });
});

test("execution times of an earlier run are dropped, and the given notebook is left as it is", async () => {
  const cell = code("a", [], { execution: { "shell.execute_reply": "2024" } });
  const { cells } = await run({}, [cell]);
  expect(cells[0]?.metadata).toEqual({ tags: [] });
  expect(cell.outputs).toHaveLength(1);
});

test("progress tells cells and last lines", async () => {
  const told: unknown[] = [];
  await run({ b: (send) => send(...stream("one\ntwo\n\n")) }, [code("a"), code("b")], {
    onCell: (position, total) => told.push([position, total]),
    onLine: (line) => told.push(line),
  });
  expect(told).toEqual([[1, 2], [2, 2], "two"]);
});
