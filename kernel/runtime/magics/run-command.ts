import { type ChildProcess, type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { signal } from "../../extension/cooperation.js";
import { endWithKernel, isAlive, signalGroup } from "./child-groups.js";

/** What an interrupted command has to clean up. */
const PATIENCE_MS = 2_000;
/** For what a command printed just before it left others running in the background. */
const LAST_WORDS_MS = 100;

const isWindows = process.platform === "win32";

/** A command that could not be started, or ended badly. */
export class CommandError extends Error {
  override name = "CommandError";
}

export interface CommandOptions {
  /** How the command is called in an error. */
  shown: string;
  cwd?: string;
  /** The program is a line for the system's shell. */
  shell?: boolean;
  /** Told what it prints as it comes; prints it in the cell when left out. */
  onText?: (stream: "stdout" | "stderr", text: string) => void;
}

/**
 * Runs a program to its end, with no input. What it leaves in the background goes on, and prints
 * into the same cell.
 *
 * @throws CommandError when it cannot be started or fails; the signal's reason when the cell was
 * interrupted, which ends the program and all that it started.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { shown, cwd = process.cwd(), shell = false, onText = print }: CommandOptions,
): Promise<void> {
  const stop = signal();
  stop.throwIfAborted();
  const refuse = (error: unknown): never => {
    throw new CommandError(`${shown} cannot be started: ${(error as Error).message}`);
  };
  let child: ChildProcessByStdio<null, Readable, Readable>;
  try {
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    child = spawn(program, args, { cwd, shell, stdio, detached: !isWindows });
  } catch (error) {
    // A script that is too long.
    return refuse(error);
  }
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => onText(stream, text));
  }
  const closed = once(child, "close");
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  closed.catch(() => {});
  const { pid } = child;
  if (pid !== undefined && !isWindows) endWithKernel(pid);
  const interrupt = () => end(child);
  stop.addEventListener("abort", interrupt, { once: true });
  const [code, endedBy] = await exited.catch(refuse);
  // Whoever is left in the group may keep the pipes open for good.
  const left = pid !== undefined && !isWindows && isAlive(pid);
  await (left ? Promise.race([closed, sleep(LAST_WORDS_MS)]) : closed);
  if (!left) stop.removeEventListener("abort", interrupt);
  stop.throwIfAborted();
  if (endedBy !== null) throw new CommandError(`${shown} was ended by ${endedBy}`);
  if (code !== 0) throw new CommandError(`${shown} ended with exit code ${code}`);
}

function print(stream: "stdout" | "stderr", text: string): void {
  process[stream].write(text);
}

/** Ends a command and all that it started. */
function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (isWindows) spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
  else if (signalGroup(pid, "SIGINT")) {
    setTimeout(() => signalGroup(pid, "SIGKILL"), PATIENCE_MS);
  }
}
