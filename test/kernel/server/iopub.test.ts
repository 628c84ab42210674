import { expect, test } from "vitest";
import type { XPublisher } from "zeromq";
import { ChartImages } from "../../../kernel/server/chart-images.js";
import { IOPub } from "../../../kernel/server/iopub.js";
import { Session } from "../../../kernel/server/session.js";

/** A publisher whose reader takes nothing until it is told to. */
class Stuck {
  taken: { type: string; text?: string }[] = [];
  reads = false;

  async send(frames: Uint8Array[]): Promise<void> {
    if (!this.reads) throw Object.assign(new Error("full"), { code: "EAGAIN" });
    const [header, , , content] = frames.slice(3).map((frame) => JSON.parse(String(frame)));
    this.taken.push({ type: header.msg_type, text: content.text });
  }
}

const publisher = (patienceMs: number) => {
  const socket = new Stuck();
  const images = new ChartImages();
  const session = new Session("key");
  const iopub = new IOPub(socket as unknown as XPublisher, session, images, () => {}, patienceMs);
  return { socket, iopub };
};

test("a reader that comes back in time gets everything, in order", async () => {
  const { socket, iopub } = publisher(60_000);
  for (const text of ["a", "b"]) iopub.publish("stream", { name: "stdout", text }, undefined);
  socket.reads = true;
  await iopub.flushed();
  expect(socket.taken.map(({ text }) => text)).toEqual(["a", "b"]);
});

test("a reader that takes nothing for too long loses output, which is counted and said once", async () => {
  const { socket, iopub } = publisher(20);
  for (const text of ["a", "b", "c"]) iopub.publish("stream", { name: "stdout", text }, undefined);
  await iopub.flushed();
  expect(socket.taken).toEqual([]);
  socket.reads = true;
  for (const text of ["d", "e"]) iopub.publish("stream", { name: "stdout", text }, undefined);
  await iopub.flushed();
  await iopub.flushed();
  expect(socket.taken.map(({ text }) => text)).toEqual([
    "d",
    "e",
    "3 messages were dropped: the front end took nothing for 0.02 s\n",
  ]);
});
