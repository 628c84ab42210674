import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { retroKernelspec } from "../../../kernel/notebook/kernelspec.js";

/** A kernel that takes part: how it is started, and the cells in its language. */
export interface Contender {
  name: string;
  version: string;
  /** The connection file is appended. */
  command: string[];
  env?: Record<string, string>;
  /** Packages of the notebook's folder by name, and where they are. */
  packages?: Record<string, string>;
  /** As its kernelspec says. */
  interrupt: "message" | "signal";
  /** The name that nbclient knows it by; none for the floor, which is no real kernel. */
  kernelspec?: string;
  cells: Cells;
}

interface Cells {
  /** Prints the numbers from 0, a line each. */
  print: (lines: number) => string;
  /** Prints lines of 1,000 bytes, each with its number in front. */
  printWide: (lines: number) => string;
  /** The nth of many cells that declare a value and a function. */
  declare: (n: number) => string;
  loop: string;
}

const TYPESCRIPT: Cells = {
  print: (lines) => `for (let i = 0; i < ${lines}; i++) console.log(i)`,
  printWide: (lines) =>
    `for (let i = 0; i < ${lines}; i++) console.log(String(i).padStart(8, "0") + "x".repeat(991))`,
  declare: (n) =>
    `let v${n} = { a: ${n}, b: "x" }; function g${n}(x: number) { return v${n}.a + x }`,
  loop: 'console.log("go"); while (true) {}',
};

const PYTHON: Cells = {
  print: (lines) => `for i in range(${lines}): print(i)`,
  printWide: (lines) => `for i in range(${lines}): print(f"{i:08d}" + "x" * 991)`,
  declare: (n) => `v${n} = dict(a=${n}, b="x")\ndef g${n}(x): return v${n}["a"] + x`,
  loop: 'print("go", flush=True)\nwhile True: pass',
};

const PEERS = resolve(".bench-peers");

/** The Python of the peers; nbclient runs there too. */
export const peersPython = resolve(PEERS, "python/bin/python");

/** Ours, with the checking of types that is asked for. */
export function ours(check: "off" | "strict", name = "retro"): Contender {
  return {
    name,
    version: JSON.parse(readFileSync("package.json", "utf8")).version,
    command: retroKernelspec().argv.slice(0, -1),
    env: { RETRO_CHECK: check },
    interrupt: "message",
    kernelspec: "retro",
    cells: TYPESCRIPT,
  };
}

/** Undefined where the peer is not installed. */
const peers: Record<string, () => Contender | undefined> = {
  deno: () =>
    npmPeer("deno", {
      command: [denoProgram(), "jupyter", "--kernel", "--conn"],
      env: { DENO_NO_UPDATE_CHECK: "1" },
      cells: TYPESCRIPT,
    }),
  "xeus-python": () =>
    pythonPeer("xeus-python", {
      command: [peersPython, "-m", "xpython_launcher", "-f"],
      kernelspec: "xpython",
    }),
  ipykernel: () =>
    pythonPeer("ipykernel", {
      command: [peersPython, "-m", "ipykernel_launcher", "-f"],
      kernelspec: "python3",
    }),
  tslab: () =>
    npmPeer("tslab", {
      command: [
        process.execPath,
        resolve(PEERS, "node/node_modules/tslab/bin/tslab"),
        "kernel",
        "--config-path",
      ],
      cells: TYPESCRIPT,
    }),
  // The floor: a main thread, a worker and five sockets, and nothing else.
  empty: () => ({
    name: "empty",
    version: process.versions.node,
    command: [process.execPath, resolve("test/bench/peers/empty-kernel.mjs")],
    interrupt: "message",
    cells: TYPESCRIPT,
  }),
};

/** Those peers that are asked for and installed; the others are named. */
export function installedPeers(asked: string): Contender[] {
  const names = asked === "all" ? Object.keys(peers) : asked === "none" ? [] : asked.split(",");
  const found: Contender[] = [];
  for (const name of names) {
    const peer = peers[name];
    if (!peer) {
      console.error(`there is no peer ${name}; there are ${Object.keys(peers).join(", ")}`);
      process.exit(2);
    }
    const contender = peer();
    if (contender) found.push(contender);
    else console.log(`${name} is not installed: npm run bench:peers`);
  }
  return found;
}

function npmPeer(
  name: string,
  how: Pick<Contender, "command" | "env" | "cells">,
): Contender | undefined {
  const file = resolve(PEERS, "node/node_modules", name, "package.json");
  if (!existsSync(file) || !existsSync(how.command[0] as string)) return undefined;
  const { version } = JSON.parse(readFileSync(file, "utf8"));
  return { name, version, interrupt: "signal", kernelspec: name, ...how };
}

function pythonPeer(
  name: string,
  how: Pick<Contender, "command" | "kernelspec">,
): Contender | undefined {
  const code = `from importlib.metadata import version; print(version(${JSON.stringify(name)}))`;
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    const version = execFileSync(peersPython, ["-c", code], { encoding: "utf8", stdio }).trim();
    return { name, version, interrupt: "signal", cells: PYTHON, ...how };
  } catch {
    return undefined;
  }
}

/** Deno itself: npm's `deno` is a script that starts it. */
function denoProgram(): string {
  const libc = process.platform === "linux" ? "-glibc" : "";
  const folder = `@deno/${process.platform}-${process.arch}${libc}`;
  return resolve(PEERS, "node/node_modules", folder, "deno");
}
