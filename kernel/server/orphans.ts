import { spawn } from "node:child_process";

/**
 * Ends the children of a kernel that dies without doing so itself: a shell waits until the pipe that
 * only the kernel holds is closed, and ends the process group that the kernel leads.
 */
export function endOrphans(): void {
  try {
    process.kill(-process.pid, 0);
  } catch {
    // Not the leader of a group: its children belong to whoever started the kernel.
    return;
  }
  const shell = spawn("sh", ["-c", "trap '' INT; read -r end; kill -TERM 0"], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.on("error", () => {}).unref();
}
