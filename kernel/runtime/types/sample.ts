/** Items that are all looked at: those of a table of common size. */
const ALL = 5_000;
const FIRST = 600;
const LATER = 200;

/** The ranges of indexes that are looked at: all, or the first, some from the middle and the last. */
export function sample(length: number): [from: number, to: number][] {
  if (length <= ALL) return [[0, length]];
  const middle = Math.floor((length - LATER) / 2);
  return [
    [0, FIRST],
    [middle, middle + LATER],
    [length - LATER, length],
  ];
}

/** Whether a sample of so many items leaves some out. */
export function isPartial(length: number): boolean {
  return length > ALL;
}
