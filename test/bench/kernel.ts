import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { RawKernel } from "../support/raw-kernel.js";
import { type Figure, measure, median, readOptions } from "./bench.js";

// The kernel beside ipykernel and an empty kernel, by raw ZeroMQ: `npm run bench -- kernel`.
const options = readOptions(process.argv.slice(2));

interface Contender {
  command: string[];
  print: string;
  declare: (n: number) => string;
  loop: string;
  version: string;
}

const TYPESCRIPT = {
  print: "for (let i = 0; i < 10_000; i++) console.log(i)",
  declare: (n: number) =>
    `let v${n} = { a: ${n}, b: "x" }; function g${n}(x: number) { return v${n}.a + x }`,
  loop: 'console.log("go"); while (true) {}',
};

const contenders: Record<string, Contender> = {
  retro: {
    ...TYPESCRIPT,
    command: [process.execPath, "--no-force-async-hooks-checks", resolve("dist/main.cjs")],
    version: JSON.parse(readFileSync("package.json", "utf8")).version,
  },
};

const wanted = (name: string) => options.peers === "all" || options.peers.split(",").includes(name);

if (wanted("ipykernel")) {
  const found = spawnSync("python3", ["-c", "import ipykernel; print(ipykernel.__version__)"]);
  if (found.status === 0) {
    contenders.ipykernel = {
      command: ["python3", "-m", "ipykernel_launcher", "-f"],
      print: "for i in range(10000): print(i)",
      declare: (n) => `v${n} = dict(a=${n}, b="x")\ndef g${n}(x): return v${n}["a"] + x`,
      loop: 'print("go", flush=True)\nwhile True: pass',
      version: String(found.stdout).trim(),
    };
  } else console.log("ipykernel is not installed: left out");
}
if (wanted("empty")) {
  contenders.empty = {
    ...TYPESCRIPT,
    command: [process.execPath, resolve("test/bench/peers/empty-kernel.mjs")],
    version: process.versions.node,
  };
}

const figures: Figure[] = [
  { figure: "start to kernel_info", unit: "ms", better: "less" },
  { figure: "start beyond node -e 0", unit: "ms", better: "less" },
  { figure: "first cell", unit: "ms", better: "less" },
  { figure: "resident when fresh", unit: "MB", better: "less" },
  { figure: "warm 1+1", unit: "ms", better: "less" },
  { figure: "distinct cell after 200 others", unit: "ms", better: "less" },
  { figure: "last 20 of 200 to first 20", unit: "x", better: "less" },
  { figure: "10,000 printed lines", unit: "ms", better: "less" },
  { figure: "messages for 10,000 lines", unit: "messages", better: "less" },
  { figure: "interrupt of an endless loop", unit: "ms", better: "less" },
  { figure: "resident after 200 cells", unit: "MB", better: "less" },
];

/** One life of a kernel, all figures taken on the way. */
async function life(name: string, contender: Contender): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  const bare = performance.now();
  execFileSync(process.execPath, ["-e", "0"]);
  const node = performance.now() - bare;
  const start = performance.now();
  const kernel = await RawKernel.start({ command: contender.command });
  try {
    figures["start to kernel_info"] = kernel.answeredAt - start;
    figures["start beyond node -e 0"] = kernel.answeredAt - start - node;
    const timed = async (code: string) => {
      const from = performance.now();
      await kernel.execute(code);
      return performance.now() - from;
    };
    figures["first cell"] = await timed("1+1");
    figures["resident when fresh"] = resident(kernel);
    const warm: number[] = [];
    for (let i = 0; i < 50; i++) warm.push(await timed("1+1"));
    figures["warm 1+1"] = median(warm);
    if (name === "empty") return figures;
    const distinct: number[] = [];
    for (let i = 0; i < 220; i++) distinct.push(await timed(contender.declare(i)));
    figures["distinct cell after 200 others"] = median(distinct.slice(200));
    figures["last 20 of 200 to first 20"] =
      median(distinct.slice(180, 200)) / median(distinct.slice(0, 20));
    figures["resident after 200 cells"] = resident(kernel);
    const from = performance.now();
    const { iopub, text } = await kernel.execute(contender.print);
    figures["10,000 printed lines"] = performance.now() - from;
    if (text !== Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join("")) {
      throw new Error(`${name} lost or mixed printed lines`);
    }
    figures["messages for 10,000 lines"] = iopub.filter((m) => m.type === "stream").length;
    const loop = kernel.post(contender.loop);
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === loop);
    await new Promise((done) => setTimeout(done, 100));
    const asked = performance.now();
    if (name === "ipykernel") kernel.process.kill("SIGINT");
    else kernel.send("control", "interrupt_request", {});
    await kernel.until((m) => m.channel === "shell" && m.parent.msg_id === loop);
    figures["interrupt of an endless loop"] = performance.now() - asked;
    return figures;
  } finally {
    await kernel.stop();
  }
}

/** Megabytes in memory, children included. */
function resident(kernel: RawKernel): number {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number, number]);
  const family = new Set([kernel.process.pid]);
  let kilobytes = 0;
  for (const [pid, parent, rss] of rows) {
    if (!family.has(pid) && !family.has(parent)) continue;
    family.add(pid);
    kilobytes += rss;
  }
  return kilobytes / 1024;
}

await measure(
  "kernel",
  figures,
  Object.fromEntries(
    Object.entries(contenders).map(([name, contender]) => [name, () => life(name, contender)]),
  ),
  options,
  Object.fromEntries(Object.entries(contenders).map(([name, { version }]) => [name, version])),
);
