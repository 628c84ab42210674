import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { installSink, progress } from "../../../kernel/display/index.js";
import { barHtml, barText } from "../../../kernel/display/progress-bar.js";
import { installCooperation } from "../../../kernel/extension/cooperation.js";
import { notebookSink } from "./notebook-sink.js";

let notebook: ReturnType<typeof notebookSink>;
let cell: AbortController;
let now: number;
beforeEach(() => {
  notebook = notebookSink();
  cell = new AbortController();
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  installCooperation({
    interrupted: () => cell.signal.aborted,
    critical: (update) => update(),
    get signal() {
      return cell.signal;
    },
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  installSink();
});

const FULL = "█".repeat(24);

test("hands on every item and shows at most ten states a second", () => {
  const seen: number[] = [];
  for (const item of progress(
    Array.from({ length: 1000 }, (_, i) => i),
    { label: "rows" },
  )) {
    seen.push(item);
    now += 1;
  }
  expect(seen).toHaveLength(1000);
  const texts = notebook.texts();
  expect(texts[0]).toBe(`rows ${"░".repeat(24)} 0/1,000`);
  expect(texts[1]).toBe("rows ██░░░░░░░░░░░░░░░░░░░░░░ 100/1,000 · 1,000/s · 1 s left");
  // The start, ten states in one second, the end.
  expect(texts).toHaveLength(12);
  expect(texts.at(-1)).toBe(`rows ${FULL} 1,000/1,000`);
  expect(new Set(notebook.sent.map(({ id }) => id)).size).toBe(1);
});

test("an iterable of unknown length, an async one", async () => {
  async function* items() {
    yield* "abc";
  }
  const seen: string[] = [];
  for await (const item of progress(items())) seen.push(item);
  expect(seen.join("")).toBe("abc");
  expect(notebook.texts()).toEqual(["0", "3"]);
});

test("total is the caller's, or the size of a set or map", () => {
  for (const _ of progress(new Set([1, 2]))) now += 200;
  expect(notebook.texts().at(-1)).toBe(`${FULL} 2/2`);
  for (const _ of progress(new Set([1]).values(), { total: 1 })) now += 200;
  expect(notebook.texts().at(-1)).toBe(`${FULL} 1/1`);
});

test("a loop left early says so", () => {
  for (const item of progress([1, 2, 3, 4])) if (item === 3) break;
  expect(notebook.texts().at(-1)).toBe(`${"█".repeat(12)}${"░".repeat(12)} 2/4 · stopped`);
});

test("a loop that throws says so, and the error goes on", () => {
  const loop = () => {
    for (const _ of progress([1, 2])) throw new Error("mine");
  };
  expect(loop).toThrow("mine");
  expect(notebook.texts().at(-1)).toMatch(/0\/2 · stopped$/);
});

test("a loop that was terminated from outside shows where it was", () => {
  const items = progress([1, 2, 3]);
  items.next();
  items.next();
  cell.abort();
  expect(notebook.texts().at(-1)).toMatch(/1\/3 · stopped$/);
});

describe("the bar", () => {
  const running = (rate: number) => ({ kind: "running", rate }) as const;
  test.each([
    [{ done: 33, total: 100, label: "a", phase: running(12.4) }, "33/100 · 12/s · 6 s left"],
    [
      { done: 1, total: 100, label: "a", phase: running(0.02) },
      "1/100 · 50 s each · 1 h 22 min left",
    ],
    [{ done: 1, total: 200, label: "a", phase: running(1) }, "1/200 · 1.0/s · 3 min 19 s left"],
    [{ done: 5, total: 3, label: "a", phase: running(1) }, "5/3 · 1.0/s · 0 s left"],
    [{ done: 0, total: 0, label: "a", phase: { kind: "done" } as const }, "a 0/0"],
  ])("%j", (state, expected) => {
    expect(barText(state).endsWith(expected)).toBe(true);
  });

  test("its HTML is accessible and escaped", () => {
    const html = barHtml({ done: 1, total: 3, label: "<b>", phase: { kind: "done" } });
    expect(html).toContain('role="progressbar"');
    expect(html).toContain('aria-valuenow="33.3"');
    expect(html).toContain("&lt;b&gt;");
    expect(html).not.toContain("<b>");
  });
});

describe("in a terminal", () => {
  const lines = (isTTY: boolean) => {
    installSink();
    const before = Object.getOwnPropertyDescriptor(process.stderr, "isTTY");
    Object.defineProperty(process.stderr, "isTTY", { value: isTTY, configurable: true });
    const write = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    for (const _ of progress([1, 2], { label: "x" })) now += 200;
    const written = write.mock.calls.map(([text]) => text);
    write.mockRestore();
    if (before) Object.defineProperty(process.stderr, "isTTY", before);
    else Reflect.deleteProperty(process.stderr, "isTTY");
    return written;
  };

  test("one line is written over and over", () => {
    const written = lines(true);
    expect(written).toHaveLength(4);
    expect(written[0]).toBe(`\r\u001b[Kx ${"░".repeat(24)} 0/2`);
    expect(written.at(-1)).toBe(`\r\u001b[Kx ${FULL} 2/2\n`);
  });

  test("a pipe gets the last state", () => {
    expect(lines(false)).toEqual([`x ${FULL} 2/2\n`]);
  });
});
