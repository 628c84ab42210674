import { imageSize } from "image-size";
import { type Mismatch, near } from "./compare-values.js";

/** Compares pictures by their size in pixels: base64 for all media types but SVG. */
export function comparePictures(
  mime: string,
  a: string,
  b: string,
  tolerance: number,
): Mismatch | undefined {
  const [left, right] = [size(mime, a), size(mime, b)];
  const same = left && right && left.every((side, i) => near(side, right[i] ?? 0, tolerance));
  if (same || a === b) return undefined;
  return { where: "", expected: words(left), actual: words(right) };
}

function size(mime: string, picture: string): [width: number, height: number] | undefined {
  try {
    const bytes = Buffer.from(picture, mime === "image/svg+xml" ? "utf8" : "base64");
    const { width, height } = imageSize(bytes);
    return [width, height];
  } catch {
    return undefined;
  }
}

function words(size: [number, number] | undefined): string {
  return size === undefined ? "no readable picture" : `${size[0]} x ${size[1]} pixels`;
}
