import type { Cell, Column } from "./column.js";

/** How several rows of one group become one number. */
export type Summary = "sum" | "mean" | "median" | "min" | "max" | "count";

/**
 * One row for each combination of values in `keys`, in order of first appearance.
 *
 * The number is the summary of `value` over the group's rows that have one, null where none has;
 * without a `value` it is the number of rows.
 */
export function summarise(
  keys: readonly Column[],
  value: Column | undefined,
  summary: Summary,
): { keys: Column[]; value: Column } {
  const groups = new Map<string, { at: number; numbers: number[] }>();
  const rows = keys[0]?.values.length ?? 0;
  for (let row = 0; row < rows; row++) {
    const id = JSON.stringify(keys.map((key) => key.values[row]));
    const group = groups.get(id) ?? { at: row, numbers: [] };
    groups.set(id, group);
    const number = value === undefined ? 1 : value.values[row];
    if (typeof number === "number") group.numbers.push(number);
  }
  const all = [...groups.values()];
  const how = value === undefined ? "count" : summary;
  return {
    keys: keys.map((key) => ({ ...key, values: all.map(({ at }) => key.values[at] as Cell) })),
    value: {
      name: value?.name ?? "count",
      kind: "quantitative",
      values: all.map(({ numbers }) =>
        how === "count" || numbers.length > 0 ? SUMMARIES[how](numbers) : null,
      ),
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const SUMMARIES: Record<Summary, (numbers: readonly number[]) => number> = {
  sum,
  mean: (numbers) => sum(numbers) / numbers.length,
  median: (numbers) => {
    const sorted = numbers.toSorted((a, b) => a - b);
    const half = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(half)] as number) + (sorted[Math.ceil(half)] as number)) / 2;
  },
  min: (numbers) => numbers.reduce((least, number) => Math.min(least, number)),
  max: (numbers) => numbers.reduce((most, number) => Math.max(most, number)),
  count: (numbers) => numbers.length,
};
