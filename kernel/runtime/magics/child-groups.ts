import { type ChildProcess, spawn } from "node:child_process";

/** Ends, when its own input ends, the process groups that the last line of it named. */
const GUARD = `
groups=
while read -r line; do groups=$line; done
for group in $groups; do kill -TERM "-$group"; done
sleep 1
for group in $groups; do kill -KILL "-$group"; done`;

const living = new Set<number>();
let guard: ChildProcess | undefined;

/**
 * Makes the process groups that commands lead end with the kernel, however it ends: they are not
 * part of the kernel's own group, so that an interrupt reaches a command alone.
 */
export function endWithKernel(leader: number): void {
  // A group that is empty must not be named any more: its number may come to mean another.
  for (const group of living) if (!isAlive(group)) living.delete(group);
  living.add(leader);
  guard ??= startGuard();
  guard.stdin?.write(`${[...living].join(" ")}\n`);
}

/** Whether a process group still has members. */
export function isAlive(group: number): boolean {
  return signalGroup(group, 0);
}

/** Sends a signal to all members of a process group; false when there is none. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

function startGuard(): ChildProcess {
  const shell = spawn("/bin/sh", ["-c", GUARD], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    // Outside the kernel's group, which may be ended as a whole.
    detached: true,
  });
  shell.on("error", () => {}).unref();
  shell.on("exit", () => {
    guard = undefined;
  });
  shell.stdin.on("error", () => {});
  (shell.stdin as typeof shell.stdin & { unref(): void }).unref();
  return shell;
}
