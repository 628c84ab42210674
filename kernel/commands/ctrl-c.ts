/**
 * A signal that the first Ctrl-C aborts; the second ends the process with 130, as SIGTERM does at
 * once with 143. What runs at exit then ends the kernel.
 */
export function onCtrlC(): AbortSignal {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(130);
    console.error("\nstopping; press Ctrl-C again to end at once");
    controller.abort();
  });
  process.once("SIGTERM", () => process.exit(143));
  return controller.signal;
}
