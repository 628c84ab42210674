/**
 * Keeps the process alive whatever user code does: an error in a timer or an unhandled rejection
 * is shown in the cell that caused it, and `process.exit` is an error. `endsOf` is told of an end
 * that cannot be kept away.
 */
export function installGuard(
  report: (error: unknown) => void,
  endsOf: (cause: string) => void,
): void {
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  const exit = process.exit.bind(process);
  Object.assign(process, {
    exit: (code?: number) => {
      throw new Error(
        `process.exit(${code ?? ""}) would end the kernel: throw an error to end the cell, restart the kernel from its menu`,
      );
    },
    abort: () => {
      throw new Error("process.abort() would end the kernel");
    },
  });
  leave = exit;
  const inner = process as unknown as { reallyExit(code?: number): never };
  const { reallyExit } = inner;
  inner.reallyExit = (code) => {
    endsOf(`process.reallyExit(${code ?? ""})`);
    return reallyExit.call(process, code);
  };
}

let leave: (code?: number) => never = process.exit.bind(process);

/** Ends the process for real, and the children it started when it leads their process group. */
export function exitProcess(code: number): never {
  // The group's signal comes here too.
  process.on("SIGTERM", () => {});
  try {
    process.kill(-process.pid, "SIGTERM");
  } catch {
    // Not the leader of a group: its children belong to whoever started the kernel.
  }
  return leave(code);
}
