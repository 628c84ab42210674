import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { decode, encode, sign } from "../../../kernel/protocol/frames.js";
import type { Message } from "../../../kernel/protocol/message.js";

const message: Message = {
  identities: [Buffer.from("client")],
  header: {
    msg_id: "1",
    session: "s",
    username: "u",
    date: "2026-01-01T00:00:00Z",
    msg_type: "execute_request",
    version: "5.5",
  },
  parent_header: {},
  metadata: { cellId: "a" },
  content: { code: "1 + 1 // ü 😀" },
  buffers: [Buffer.from([0, 255])],
};

test("a message survives the wire, identities and buffers included", () => {
  expect(decode(encode(message, "key"), "key")).toEqual(message);
});

test("the signature is HMAC-SHA256 of the four parts, in hexadecimal", () => {
  const parts = ["{}", "{}", "{}", "{}"].map((part) => Buffer.from(part));
  expect(sign("key", parts)).toBe(createHmac("sha256", "key").update("{}{}{}{}").digest("hex"));
  expect(sign("", parts)).toBe("");
});

test("a wrong key, a changed byte, a short signature: no message", () => {
  const frames = encode(message, "key");
  expect(decode(frames, "other")).toBeUndefined();
  const changed = frames.map((frame) => Buffer.from(frame));
  const content = changed[6] as Buffer;
  content[content.length - 3] = (content.at(-3) as number) ^ 1;
  expect(decode(changed, "key")).toBeUndefined();
  expect(decode(frames.with(2, Buffer.from("ab")), "key")).toBeUndefined();
});

test("malformed frames give no message and no exception", () => {
  const unsigned = encode(message, "");
  expect(decode(unsigned, "")).toEqual(message);
  for (const frames of [
    [],
    ["x"],
    ["<IDS|MSG>"],
    ["<IDS|MSG>", "", "{", "{}", "{}", "{}"],
    ["<IDS|MSG>", "", "[]", "{}", "{}", "{}"],
    ["<IDS|MSG>", "", "{}", "{}", "{}", "{}"],
    ["<IDS|MSG>", "", '{"msg_id":1,"msg_type":"x"}', "{}", "{}", "{}"],
  ]) {
    expect(
      decode(
        frames.map((frame) => Buffer.from(frame)),
        "",
      ),
    ).toBeUndefined();
  }
});

test("a header too deep to be sent back is none; the other parts may be as deep as they like", () => {
  const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  const header = '{"msg_id":"1","msg_type":"x"';
  const parts = (first: string, content: string) =>
    ["<IDS|MSG>", "", first, "{}", "{}", content].map((part) => Buffer.from(part));
  expect(decode(parts(`${header},"session":${deep}}`, "{}"), "")).toBeUndefined();
  expect(decode(parts(`${header}}`, deep), "")).toBeDefined();
});
