/** How running code and the interrupt button get along. The kernel installs the real one. */
export interface Cooperation {
  interrupted(): boolean;
  critical<T>(update: () => T): T;
  readonly signal: AbortSignal;
}

let current: Cooperation = {
  interrupted: () => false,
  critical: (update) => update(),
  signal: new AbortController().signal,
};

export function installCooperation(cooperation: Cooperation): void {
  current = cooperation;
}

/** True once the running cell was interrupted; always false outside a kernel. */
export function interrupted(): boolean {
  return current.interrupted();
}

/** Runs a synchronous update that an interrupt must not tear; it gets up to 250 ms to end. */
export function critical<T>(update: () => T): T {
  return current.critical(update);
}

/** The running cell's AbortSignal: aborted by an interrupt, never outside a kernel. */
export function signal(): AbortSignal {
  return current.signal;
}
