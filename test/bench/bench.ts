import { writeFileSync } from "node:fs";
import { cpus } from "node:os";

/** A number, or the words for why there is none. */
export type Value = number | string;

/** What one round gave, by figure. */
export type Values = Record<string, Value>;

/** One figure of ours beside the same figure of others, taken in turns in one run. */
export interface Row {
  figure: string;
  unit: string;
  better: "less" | "more";
  ours: Value;
  /** The lowest and highest of our rounds. */
  spread: [number, number] | null;
  peers: Values;
  /** Ours divided by the first peer's that gave a number. */
  ratio: number | null;
  target: number | null;
  /** Computed from `target`; null where there is none. */
  met: boolean | null;
}

/** Something measured once a round for each contender. */
export interface Figure {
  figure: string;
  unit: string;
  better: "less" | "more";
  /** The rounds are added up; without it their median counts. */
  sum?: true;
  /** The bar for ours, given the peers' values. */
  target?: (peers: Values) => number | null;
}

/** Figures that are taken together, from one life of each contender a round. */
export interface Part {
  name: string;
  rounds: number;
  figures: Figure[];
  /** By name; "retro" is ours. Figures go into `values`: what was taken before an error counts. */
  contenders: Record<string, (values: Values) => Promise<void>>;
}

export interface Options {
  json: string | undefined;
  full: boolean;
  peers: string;
  /** The name of the only part to take. */
  only: string | undefined;
}

/** `--json FILE`, `--full`, `--peers none|all|name,...`, `--only PART`. */
export function readOptions(argv: string[]): Options {
  const value = (name: string) => {
    const at = argv.indexOf(name);
    return at < 0 ? undefined : argv[at + 1];
  };
  return {
    json: value("--json"),
    full: argv.includes("--full"),
    peers: value("--peers") ?? "all",
    only: value("--only"),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

/** The value that so large a share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/** A target that is the given share of peers' figures, the lowest of them; without one of them, none. */
export function shareOf(shares: Record<string, number>): (peers: Values) => number | null {
  return (peers) => {
    const bars = Object.entries(shares).flatMap(([name, share]) => {
      const value = peers[name];
      return typeof value === "number" ? [share * value] : [];
    });
    return bars.length === 0 ? null : Math.min(...bars);
  };
}

/** Takes turns: in every round of a part each contender gives all its figures once. */
export async function measure(
  suite: string,
  parts: Part[],
  options: Options,
  versions: Record<string, string>,
): Promise<void> {
  const names = parts.map(({ name }) => name);
  const { only } = options;
  if (only !== undefined && !names.includes(only)) {
    console.error(`there is no part ${JSON.stringify(only)}; there are ${names.join(", ")}`);
    process.exit(2);
  }
  const rows: Row[] = [];
  for (const part of parts) {
    if (only !== undefined && part.name !== only) continue;
    const taken = await takeRounds(part);
    const fresh = part.figures.map((figure) => rowOf(figure, taken[figure.figure] ?? {}));
    for (const row of fresh) console.log(lineOf(row));
    rows.push(...fresh);
  }
  const missed = rows.filter(({ met }) => met === false);
  if (missed.length > 0) console.log(`NOT met: ${missed.map(({ figure }) => figure).join("; ")}`);
  if (options.json) {
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`;
    const report = { suite, machine, date: new Date().toISOString(), versions, rows };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`written: ${options.json}`);
  }
}

/** Of each figure, what each contender's rounds gave. */
async function takeRounds(part: Part): Promise<Record<string, Record<string, Value[]>>> {
  const taken: Record<string, Record<string, Value[]>> = {};
  for (let round = 1; round <= part.rounds; round++) {
    for (const [name, run] of Object.entries(part.contenders)) {
      tell(`${part.name}, round ${round} of ${part.rounds}: ${name}`);
      const values: Values = {};
      let failure: string | undefined;
      await run(values).catch((error) => {
        failure = String(error?.message ?? error).split("\n", 1)[0];
      });
      for (const { figure } of part.figures) {
        const value = values[figure] ?? failure;
        if (value === undefined) continue;
        taken[figure] ??= {};
        taken[figure][name] ??= [];
        taken[figure][name].push(value);
      }
    }
  }
  tell("");
  return taken;
}

/** One figure's row, from the rounds of each contender. */
export function rowOf(figure: Figure, rounds: Record<string, Value[]>): Row {
  const { retro: mine = [], ...others } = rounds;
  const { target, sum, ...head } = figure;
  const summarize = (values: number[]) =>
    sum ? values.reduce((total, value) => total + value, 0) : median(values);
  // Ours counts only if every round gave a number, a peer's if most did.
  const numbers = mine.filter(isNumber);
  const word = mine.length === 0 ? "not measured" : mine.find((value) => !isNumber(value));
  const ours = word ?? summarize(numbers);
  const peers = Object.fromEntries(
    Object.entries(others).map(([name, values]): [string, Value] => {
      const good = values.filter(isNumber);
      const word = values.find((value) => !isNumber(value));
      return [
        name,
        word !== undefined && 2 * good.length <= values.length ? word : summarize(good),
      ];
    }),
  );
  const bar = target?.(peers) ?? null;
  const first = Object.values(peers).find((value) => isNumber(value) && value > 0) as
    | number
    | undefined;
  const holds = (value: number, limit: number) =>
    head.better === "less" ? value <= limit : value >= limit;
  return {
    ...head,
    ours,
    spread: numbers.length === 0 ? null : [Math.min(...numbers), Math.max(...numbers)],
    peers,
    ratio: isNumber(ours) && first !== undefined ? ours / first : null,
    target: bar,
    met: bar === null ? null : isNumber(ours) && holds(ours, bar),
  };
}

function isNumber(value: Value): value is number {
  return typeof value === "number";
}

function lineOf({ figure, unit, ours, spread, peers, ratio, target, met }: Row): string {
  const round = (value: Value) =>
    isNumber(value) ? `${value < 1_000 ? Number(value.toPrecision(3)) : Math.round(value)}` : value;
  return [
    `${figure}: ${round(ours)} ${unit}${spread ? ` (${spread.map(round).join(" to ")})` : ""}`,
    ...Object.entries(peers).map(([name, value]) => `${name} ${round(value)}`),
    ratio === null ? "" : `ratio ${round(ratio)}`,
    target === null ? "" : `target ${round(target)}: ${met ? "met" : "NOT met"}`,
  ]
    .filter(Boolean)
    .join(" | ");
}

/** What is going on, where somebody looks. */
function tell(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${what}\x1b[K`);
}
