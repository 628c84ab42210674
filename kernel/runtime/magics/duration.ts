const UNITS = [
  ["s", 1_000],
  ["ms", 1],
  ["µs", 1e-3],
  ["ns", 1e-6],
] as const;

/** Milliseconds to three digits: `1.23 µs`, `45 ns`, `2 min 3 s`. */
export function duration(ms: number): string {
  if (ms >= 60_000) {
    const seconds = Math.round(ms / 1_000);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? UNITS[3];
  return `${Number((ms / size).toPrecision(3))} ${unit}`;
}
