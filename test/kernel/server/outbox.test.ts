import { expect, test } from "vitest";
import { Outbox } from "../../../kernel/server/outbox.js";

const frames = (text: string) => [Buffer.from(text)];

test("what is still being made is waited for, and the order is kept", async () => {
  const sent: string[] = [];
  const outbox = new Outbox({
    send: async ([frame]) => {
      sent.push(String(frame));
    },
  });
  let finish = (_: Uint8Array[]) => {};
  outbox.push(frames("a"));
  outbox.push(new Promise((resolve) => (finish = resolve)));
  outbox.push(frames("c"));
  finish(frames("b"));
  await outbox.flushed();
  expect(sent).toEqual(["a", "b", "c"]);
  expect(outbox.backlog).toBe(0);
});

test("one send is in flight at a time", async () => {
  let flying = 0;
  const outbox = new Outbox({
    send: async () => {
      expect(++flying).toBe(1);
      await Promise.resolve();
      flying--;
    },
  });
  for (let i = 0; i < 5; i++) outbox.push(frames("x"));
  await outbox.flushed();
});

test("what a reader does not take is counted, and the rest goes on", async () => {
  let tries = 0;
  const outbox = new Outbox({
    send: async () => {
      if (++tries === 1) throw new Error("timed out");
    },
  });
  outbox.push(frames("lost"));
  outbox.push(frames("sent"));
  await outbox.flushed();
  expect(outbox.dropped).toBe(1);
  expect(tries).toBe(2);
});

test("what may wait is sent with what comes next, before it", async () => {
  const sent: string[] = [];
  const outbox = new Outbox({
    send: async ([frame]) => {
      sent.push(String(frame));
    },
  });
  outbox.withNext(() => outbox.push(frames("a")));
  expect(sent).toEqual([]);
  outbox.push(frames("b"));
  await outbox.flushed();
  expect(sent).toEqual(["a", "b"]);
});

test("what may wait is waited for, and sent by itself when nothing comes", async () => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const sent: string[] = [];
  const outbox = new Outbox({
    send: async ([frame]) => {
      sent.push(String(frame));
      if (sent.length === 2) arrive();
    },
  });
  await outbox.flushed();
  outbox.withNext(() => outbox.push(frames("a")));
  await outbox.flushed();
  expect(sent).toEqual(["a"]);
  outbox.withNext(() => outbox.push(frames("b")));
  await arrived;
  expect(sent).toEqual(["a", "b"]);
});
