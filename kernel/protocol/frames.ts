import { createHmac, timingSafeEqual } from "node:crypto";
import type { Message } from "./message.js";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** HMAC-SHA256 over the four JSON frames as they are on the wire; an empty key signs nothing. */
export function sign(key: string, parts: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** Frames of a message: identities, delimiter, signature, four JSON parts, buffers. */
export function encode(message: Message, key: string): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  const parts = [json(header), parentJson(parent_header), json(metadata), json(content)];
  return [
    ...message.identities,
    DELIMITER,
    Buffer.from(sign(key, parts)),
    ...parts,
    ...message.buffers,
  ];
}

function json(part: object): Buffer {
  return Buffer.from(JSON.stringify(part));
}

const parents = new WeakMap<object, Buffer>();

/** One request has many answers. */
function parentJson(parent: object): Buffer {
  const known = parents.get(parent) ?? json(parent);
  parents.set(parent, known);
  return known;
}

/**
 * The message in some frames, or undefined when they are malformed or their signature is wrong.
 *
 * The signature is compared in constant time over the raw bytes before anything is parsed.
 */
export function decode(frames: readonly Uint8Array[], key: string): Message | undefined {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0 || frames.length < at + 6) return undefined;
  const parts = frames.slice(at + 2, at + 6);
  if (key !== "") {
    const expected = Buffer.from(sign(key, parts));
    const given = Buffer.from(frames[at + 1] as Uint8Array);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  }
  try {
    const [header, parent_header, metadata, content] = parts.map((part) =>
      JSON.parse(Buffer.from(part).toString("utf8")),
    );
    if (![header, parent_header, metadata, content].every(isRecord)) return undefined;
    if (typeof header.msg_id !== "string" || typeof header.msg_type !== "string") return undefined;
    // It is sent back with every answer; one that is too deep for that throws here.
    JSON.stringify(header);
    return {
      identities: frames.slice(0, at),
      header,
      parent_header,
      metadata,
      content,
      buffers: frames.slice(at + 6),
    };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
