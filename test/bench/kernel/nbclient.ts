import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { median, type Part, shareOf, type Value } from "../bench.js";
import { type Contender, peersPython } from "./contenders.js";

/** So many rounds of so many notebooks. */
const ROUNDS = 4;
const NOTEBOOKS = 5;

/** What a user of nbclient waits for: notebooks of 50 cells, each kernel as it is installed. */
export function nbclient(contenders: Contender[]): Part {
  return {
    name: "nbclient",
    rounds: ROUNDS,
    figures: [
      {
        figure: "nbclient, a cell of 50",
        unit: "ms",
        better: "less",
        target: shareOf({ deno: 1 }),
      },
      {
        figure: "notebooks of 20 with all outputs",
        unit: "notebooks",
        better: "more",
        sum: true,
        target: () => ROUNDS * NOTEBOOKS,
      },
    ],
    contenders: Object.fromEntries(
      contenders
        .filter(({ kernelspec }) => kernelspec !== undefined)
        .map((contender) => [
          contender.name,
          async (values: Record<string, Value>) => {
            const { ms, complete } = await run(contender);
            values["nbclient, a cell of 50"] = median(ms);
            values["notebooks of 20 with all outputs"] = complete;
          },
        ]),
    ),
  };
}

async function run(contender: Contender): Promise<{ ms: number[]; complete: number }> {
  if (!existsSync(peersPython)) throw new Error("nbclient is not installed: npm run bench:peers");
  const folder = mkdtempSync(join(tmpdir(), "retro-bench-"));
  try {
    install(contender, folder);
    const program = resolve("test/bench/peers/nbclient-cells.py");
    const { stdout } = await promisify(execFile)(
      peersPython,
      [program, contender.kernelspec as string, String(NOTEBOOKS)],
      { env: { ...process.env, ...contender.env, JUPYTER_PATH: join(folder, "share", "jupyter") } },
    ).catch((error) => {
      const { stderr = "", message } = error as { stderr?: string; message: string };
      throw new Error(stderr.trim().split("\n").at(-1) || message);
    });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells Jupyter about a kernel; Python's own come with their packages. */
function install({ name, command, interrupt, kernelspec }: Contender, prefix: string): void {
  if (kernelspec === "retro") {
    const words = [resolve("dist/cli.js"), "install", "--prefix", prefix];
    execFileSync(process.execPath, words, { stdio: "ignore" });
  } else if (command[0] !== peersPython) {
    const folder = join(prefix, "share", "jupyter", "kernels", kernelspec as string);
    mkdirSync(folder, { recursive: true });
    const argv = [...command, "{connection_file}"];
    const spec = { argv, display_name: name, language: "typescript", interrupt_mode: interrupt };
    writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
  }
}
