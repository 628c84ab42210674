import { InputError } from "../extension/input-error.js";
import type { MimeBundle, Rendered } from "./mimebundle.js";

/**
 * A mimebundle as a message can carry it: bytes become base64 text, everything else JSON.
 *
 * Throws an InputError when it is no mimebundle.
 */
export function sendable(rendered: Rendered): Rendered {
  const data = rendered?.data;
  if (typeof data !== "object" || data === null) {
    throw new InputError('a formatter returns { data: { "text/plain": …, … } }');
  }
  const sent: MimeBundle = {};
  for (const [mime, value] of Object.entries(data)) {
    if (value === undefined) continue;
    if (!mime.includes("/")) throw new InputError(`${JSON.stringify(mime)} is no media type`);
    if (typeof value === "string") sent[mime] = value.toWellFormed();
    else if (value instanceof Uint8Array) sent[mime] = Buffer.from(value).toString("base64");
    else sent[mime] = toJson(value);
  }
  const { metadata } = rendered;
  return metadata === undefined ? { data: sent } : { data: sent, metadata: toJson(metadata) };
}

/**
 * A copy of a value in plain JSON: bigints become numbers where these are exact and text otherwise,
 * typed arrays and sets arrays, maps objects, NaN and infinities null. A value that contains itself
 * throws.
 */
export function toJson<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") {
      const number = Number(part);
      return Number.isSafeInteger(number) ? number : String(part);
    }
    if (part instanceof Map) return Object.fromEntries(part);
    if (part instanceof Set) return [...part];
    return ArrayBuffer.isView(part) && "length" in part ? Array.from(part as Uint8Array) : part;
  });
  return JSON.parse(text ?? "null");
}
