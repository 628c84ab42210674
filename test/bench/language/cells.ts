import { type Figure, median, type Part, quantile, shareOf } from "../bench.js";
import type { Contender } from "../kernel/contenders.js";
import { lives } from "../kernel/life.js";
import { expectChecking } from "./checking.js";
import { typedCells } from "./typed-cells.js";

/** So many cells are measured after the first few, and as many after many. */
const WINDOW = 60;
const FEW = 10;
const MANY = 300;

/** What a checked cell costs where vega-lite, apache-arrow and tfjs-core are used. */
export function withLibraries(contenders: Contender[], full: boolean): Part {
  const late = () => 35;
  return { name: "libraries", ...cells("checked cell", true, late, contenders, full) };
}

/** The same without imports, beside the other kernel that checks. */
export function plain(contenders: Contender[], full: boolean): Part {
  const late = shareOf({ tslab: 0.5 });
  return { name: "plain", ...cells("checked cell without imports", false, late, contenders, full) };
}

function cells(
  cell: string,
  libraries: boolean,
  late: Figure["target"],
  contenders: Contender[],
  full: boolean,
): Omit<Part, "name"> {
  const few = `${cell}, after ${FEW} others`;
  const many = `${cell}, after ${MANY} others`;
  const growth = `${cell}, after ${MANY} others to after ${FEW}`;
  const slow = ", 95th percentile";
  const ms = { unit: "ms", better: "less" } as const;
  return {
    rounds: full ? 15 : 5,
    figures: [
      { figure: few, ...ms, target: () => 35 },
      { figure: few + slow, ...ms, target: () => 80 },
      { figure: many, ...ms, target: late },
      { figure: many + slow, ...ms, target: () => 80 },
      { figure: growth, unit: "x", better: "less", target: () => 1.3 },
    ],
    contenders: lives(contenders, async (life, values) => {
      await life.settle();
      await expectChecking(life);
      const times: number[] = [];
      for (const code of typedCells(MANY + WINDOW, libraries)) times.push(await life.timed(code));
      for (const [figure, after] of [
        [few, FEW],
        [many, MANY],
      ] as const) {
        const window = times.slice(after, after + WINDOW);
        values[figure] = median(window);
        values[figure + slow] = quantile(window, 0.95);
      }
      values[growth] = (values[many] as number) / (values[few] as number);
    }),
  };
}
