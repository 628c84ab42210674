/** Jupyter counts a cursor in Unicode code points, JavaScript in UTF-16 units. */
export function toUtf16(text: string, codePoints: number): number {
  let at = 0;
  for (let n = 0; n < codePoints && at < text.length; n++) {
    at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  }
  return at;
}

/** The number of code points before a UTF-16 offset. */
export function toCodePoints(text: string, utf16: number): number {
  let n = 0;
  for (let at = 0; at < utf16 && at < text.length; n++) {
    at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  }
  return n;
}
