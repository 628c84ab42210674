import { writeFileSync } from "node:fs";
import { cpus } from "node:os";

/** One figure of ours beside the same figure of others, taken in turns in one run. */
export interface Row {
  figure: string;
  unit: string;
  better: "less" | "more";
  ours: number;
  /** The lowest and highest of our rounds. */
  spread: [number, number];
  peers: Record<string, number>;
  /** Ours divided by the first peer's that was there. */
  ratio: number | null;
  target: number | null;
  /** Computed from `target`; null where there is none. */
  met: boolean | null;
}

/** A figure measured once a round for each contender: NaN where it could not be had. */
export interface Figure {
  figure: string;
  unit: string;
  better: "less" | "more";
  /** The bar for ours, given the peers' medians. */
  target?: (peers: Record<string, number>) => number | null;
}

export interface Options {
  json: string | undefined;
  full: boolean;
  peers: string;
}

/** `--json FILE`, `--full`, `--peers none|all|name,...`. */
export function readOptions(argv: string[]): Options {
  const value = (name: string) => {
    const at = argv.indexOf(name);
    return at < 0 ? undefined : argv[at + 1];
  };
  return {
    json: value("--json"),
    full: argv.includes("--full"),
    peers: value("--peers") ?? "all",
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

/**
 * Takes turns: in every round each contender gives all figures once.
 *
 * `contenders` maps names to a function that measures one round; "retro" is ours.
 */
export async function measure(
  suite: string,
  figures: Figure[],
  contenders: Record<string, () => Promise<Record<string, number>>>,
  options: Options,
  versions: Record<string, string>,
): Promise<void> {
  const rounds = options.full ? 15 : 5;
  const taken: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      process.stderr.write(`\rround ${round + 1} of ${rounds}: ${name.padEnd(20)}`);
      const values = await run();
      for (const { figure } of figures) {
        taken[name] ??= {};
        taken[name][figure] ??= [];
        taken[name][figure].push(values[figure] ?? Number.NaN);
      }
    }
  }
  process.stderr.write("\r".padEnd(50));
  const rows = figures.map(({ target, ...figure }): Row => {
    const mine = (taken.retro?.[figure.figure] ?? []).filter((v) => !Number.isNaN(v));
    const ours = median(mine);
    const peers = Object.fromEntries(
      Object.entries(taken)
        .filter(([name]) => name !== "retro")
        .map(([name, values]) => [name, median(values[figure.figure] ?? [])])
        .filter(([, value]) => !Number.isNaN(value)),
    ) as Record<string, number>;
    const first = Object.values(peers)[0];
    const bar = target?.(peers) ?? null;
    return {
      ...figure,
      ours,
      spread: [Math.min(...mine), Math.max(...mine)],
      peers,
      ratio: first === undefined ? null : ours / first,
      target: bar,
      met: bar === null ? null : figure.better === "less" ? ours <= bar : ours >= bar,
    };
  });
  print(rows);
  if (options.json) {
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`;
    const report = { suite, machine, date: new Date().toISOString(), versions, rows };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`written: ${options.json}`);
  }
}

function print(rows: Row[]): void {
  const round = (value: number) => Number(value.toPrecision(3)).toString();
  for (const { figure, unit, ours, spread, peers, ratio, target, met } of rows) {
    const others = Object.entries(peers).map(([name, value]) => `${name} ${round(value)}`);
    console.log(
      [
        `${figure}: ${round(ours)} ${unit} (${spread.map(round).join(" to ")})`,
        ...others,
        ratio === null ? "" : `ratio ${round(ratio)}`,
        target === null ? "" : `target ${round(target)}: ${met ? "met" : "NOT met"}`,
      ]
        .filter(Boolean)
        .join(" | "),
    );
  }
}
