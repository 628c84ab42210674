import { createRequire } from "node:module";
import type { Rendered } from "./mimebundle.js";
import type { Formatter } from "./registry.js";
import { grouped } from "./text.js";

/** What the first bytes of a picture tell. */
export interface ImageFacts {
  mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  /** Pixels. */
  width: number;
  height: number;
}

const MIMES = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
} as const;

/** Buffers and byte arrays that hold a PNG, JPEG, GIF or WebP picture. */
export const image: Formatter = {
  name: "image",
  match: (value) => value instanceof Uint8Array && imageFacts(value) !== undefined,
  format: (bytes: Uint8Array) => renderImage(bytes, imageFacts(bytes) as ImageFacts),
};

// Required where it is needed: it takes longer to load than a kernel has time to start.
const require = createRequire(import.meta.url);

/** Kind and size of the picture in some bytes, or undefined when they hold none. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  if (!startsLikeImage(bytes)) return undefined;
  try {
    const { imageSize } = require("image-size") as typeof import("image-size");
    const { type, width, height, orientation = 1 } = imageSize(bytes);
    const mime = MIMES[type as keyof typeof MIMES];
    // A camera on its side: browsers turn the picture, so its sides change places.
    const turned = orientation >= 5;
    return mime && { mime, width: turned ? height : width, height: turned ? width : height };
  } catch {
    return undefined;
  }
}

/** A picture with its size, so that the page does not jump when it loads. */
export function renderImage(bytes: Uint8Array, { mime, width, height }: ImageFacts): Rendered {
  const kind = mime === "image/webp" ? "WebP" : mime.slice("image/".length).toUpperCase();
  const text = `${kind} image, ${width} × ${height}, ${grouped(bytes.length)} bytes`;
  return {
    data: { [mime]: Buffer.from(bytes).toString("base64"), "text/plain": `[${text}]` },
    metadata: { [mime]: { width, height } },
  };
}

/** Asked of every byte array, so it looks at four bytes. */
function startsLikeImage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return /^(\x89PNG|\xFF\xD8\xFF|GIF8|RIFF)/.test(start);
}
