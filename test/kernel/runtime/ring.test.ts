import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Kind, Ring } from "../../../kernel/runtime/ring.js";

function pair() {
  const memory = Ring.allocate();
  let wakes = 0;
  const writer = new Ring(memory, () => wakes++);
  return { writer, reader: new Ring(memory), wakes: () => wakes, memory };
}

const text = (ring: Ring, limit?: number) =>
  ring
    .read(limit)
    .map(({ bytes }) => Buffer.from(bytes).toString())
    .join("");

test("records come out as they went in, with kind and run", () => {
  const { writer, reader } = pair();
  writer.write(Kind.stdout, 7, "a");
  writer.write(Kind.stderr, 4_000_000_000, "ü😀");
  expect(reader.read().map((r) => [r.kind, r.run, Buffer.from(r.bytes).toString()])).toEqual([
    [Kind.stdout, 7, "a"],
    [Kind.stderr, 4_000_000_000, "ü😀"],
  ]);
  expect(reader.read()).toEqual([]);
});

test("reading stops at a limit, and a limit behind what was read gives nothing", () => {
  const { writer, reader } = pair();
  writer.write(Kind.stdout, 1, "one");
  const limit = writer.head;
  writer.write(Kind.stdout, 1, "two");
  expect(text(reader, limit)).toBe("one");
  expect(text(reader, limit)).toBe("");
  expect(text(reader)).toBe("two");
  expect(text(reader, limit)).toBe("");
});

test("megabytes pass through, split on no character", () => {
  const { writer, reader } = pair();
  const line = "😀".repeat(30_000);
  let got = "";
  for (let i = 0; i < 40; i++) {
    writer.write(Kind.stdout, 1, line);
    got += text(reader);
  }
  expect(got).toBe(line.repeat(40));
});

test("a sleeping reader is woken once", () => {
  const { writer, reader, wakes } = pair();
  expect(reader.sleep()).toBe(true);
  writer.write(Kind.stdout, 1, "a");
  writer.write(Kind.stdout, 1, "b");
  expect(wakes()).toBe(1);
  expect(reader.sleep()).toBe(false);
});

test("a full ring makes the writer wait until the other thread reads", async () => {
  const { writer, memory } = pair();
  const total = 3 << 20;
  // The reader of another thread, in plain JavaScript: counts the bytes it takes off the tail.
  const worker = new Worker(
    `const { workerData } = require("node:worker_threads");
     const control = new Int32Array(workerData, 0, 4);
     let taken = 0;
     for (;;) {
       const head = Atomics.load(control, 0) >>> 0;
       taken += (head - (Atomics.load(control, 1) >>> 0)) >>> 0;
       Atomics.store(control, 1, head | 0);
       Atomics.notify(control, 1);
       if (taken >= ${total}) break;
     }
     require("node:worker_threads").parentPort.postMessage(taken);`,
    { eval: true, workerData: memory },
  );
  const taken = new Promise((resolve) => worker.once("message", resolve));
  for (let sent = 0; sent < total; sent += 32_768) writer.write(Kind.stdout, 1, "x".repeat(32_768));
  expect(await taken).toBeGreaterThanOrEqual(total);
});
