import { execFileSync } from "node:child_process";

/** The process that checks a kernel's cells; undefined while there is none. */
export function compilerOf(kernel: number): number | undefined {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  for (const line of list.split("\n")) {
    const [pid, parent, state = "", ...words] = line.trim().split(/\s+/);
    const isCompiler = words.includes("--lsp") && !state.startsWith("Z");
    if (isCompiler && Number(parent) === kernel) return Number(pid);
  }
  return undefined;
}

/** Whether a process runs; one that ended and that nobody asked about does not. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
    return !state.trim().startsWith("Z");
  } catch {
    return false;
  }
}
