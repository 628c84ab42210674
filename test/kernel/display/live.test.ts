import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { installSink, live, registerFormatter } from "../../../kernel/display/index.js";
import { type Cooperation, installCooperation } from "../../../kernel/extension/cooperation.js";
import { notebookSink } from "./notebook-sink.js";

let notebook: ReturnType<typeof notebookSink>;
let cell: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  notebook = notebookSink();
  cell = new AbortController();
  installCooperation(cooperation(() => cell.signal));
});
afterEach(() => {
  vi.useRealTimers();
  installSink();
  installCooperation(cooperation(() => new AbortController().signal));
});

function cooperation(signal: () => AbortSignal): Cooperation {
  return {
    interrupted: () => signal().aborted,
    critical: (update) => update(),
    get signal() {
      return signal();
    },
  };
}

/** Whether each state was marked as one that another will replace. */
const passing = () => notebook.sent.map(({ rendered }) => rendered?.metadata !== undefined);

test("a loop that lets no timer run is shown at a bounded rate, the last state always", async () => {
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const state = live<number>();
  for (let i = 0; i < 5_000; i++) {
    state.update(i);
    now += 0.125;
  }
  clock.mockRestore();
  expect(notebook.texts()).toEqual(["0", "800", "1600", "2400", "3200", "4000", "4800"]);
  expect(passing()).not.toContain(false);
  state.end();
  await Promise.all(notebook.pending);
  expect(notebook.texts().at(-1)).toBe("4999");
  expect(passing().at(-1)).toBe(false);
});

test("what is fed from timers is shown at a bounded rate, and for good when it is quiet", async () => {
  const state = live<string>("start");
  let n = 0;
  const feed = setInterval(() => state.update(`${n++}`), 7);
  await vi.advanceTimersByTimeAsync(1_000);
  clearInterval(feed);
  expect(notebook.sent.length).toBeGreaterThan(9);
  expect(notebook.sent.length).toBeLessThanOrEqual(11);
  await vi.advanceTimersByTimeAsync(200);
  await Promise.all(notebook.pending);
  expect(notebook.texts().at(-1)).toBe(`'${n - 1}'`);
  expect(passing().at(-1)).toBe(false);
  expect(notebook.sent.filter(({ kind }) => kind === "display")).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("the rate is the caller's", async () => {
  const state = live<number>(0, { maxPerSecond: 2 });
  const feed = setInterval(() => state.update(1), 10);
  await vi.advanceTimersByTimeAsync(2_400);
  clearInterval(feed);
  expect(notebook.sent).toHaveLength(5);
});

test("a state that nothing replaces is sent once more, without the mark", async () => {
  live({ a: 1 });
  expect(passing()).toEqual([true]);
  await vi.advanceTimersByTimeAsync(100);
  expect(passing()).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(notebook.sent).toHaveLength(2);
});

test("only what is sent is rendered", async () => {
  const format = vi.fn(() => ({ data: { "text/plain": "x" } }));
  const undo = registerFormatter({ name: "counted", match: () => true, format });
  const state = live(0);
  for (let i = 0; i < 1_000; i++) state.update(i);
  state.end();
  undo();
  expect(format).toHaveBeenCalledTimes(2);
});

test("an interrupt shows the last state and ends it", async () => {
  const state = live(0);
  state.update(1);
  cell.abort();
  await Promise.all(notebook.pending);
  expect(notebook.texts()).toEqual(["0", "1"]);
  expect(passing()).toEqual([true, false]);
  state.update(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(notebook.sent).toHaveLength(2);
});

test("the end of the cell shows the last state, however often timers feed it", async () => {
  const state = live(0);
  let n = 1;
  const feed = setInterval(() => state.update(n++), 7);
  await vi.advanceTimersByTimeAsync(50);
  notebook.endCell();
  expect(notebook.texts()).toEqual(["0", "7"]);
  expect(passing()).toEqual([true, false]);
  expect(notebook.pending).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  clearInterval(feed);
  expect(notebook.sent.length).toBeGreaterThan(10);
});

test("a rate of nothing is refused", () => {
  expect(() => live(0, { maxPerSecond: 0 })).toThrow("maxPerSecond must be above 0, not 0");
});

test("a later cell may go on with it", async () => {
  const state = live(0);
  await vi.advanceTimersByTimeAsync(200);
  cell = new AbortController();
  state.update(1);
  state.update(2);
  cell.abort();
  expect(notebook.texts()).toEqual(["0", "0", "1", "2"]);
});

test("in a terminal only what stays is printed", async () => {
  installSink();
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const state = live(0);
  for (let i = 0; i < 10; i++) state.update(i);
  state.end();
  expect(log.mock.calls).toEqual([["9"]]);
  log.mockRestore();
});
