import { denoNotebook } from "./deno.js";
import type { Rendered } from "./mimebundle.js";

/** Where outputs go: the notebook when this kernel or Deno's runs the code, the terminal otherwise. */
export interface Sink {
  display(rendered: Rendered, displayId?: string): void;
  update(rendered: Rendered, displayId: string): void;
  clear(wait: boolean): void;
  /** Work that the running cell waits for before it is idle. */
  pending(work: Promise<unknown>): void;
  /** Runs when the code of the cell has ended, before it is idle; never outside a notebook. */
  atEnd(last: () => void): void;
}

const terminal: Sink = {
  display: (rendered) => console.log(String(rendered.data["text/plain"] ?? "")),
  update: (rendered) => console.log(String(rendered.data["text/plain"] ?? "")),
  clear: () => {},
  pending: () => {},
  atEnd: () => {},
};

let current: Sink = denoNotebook() ?? terminal;

/** The sink in force. */
export function sink(): Sink {
  return current;
}

/** Replaces the sink; the kernel calls it once at start. Without an argument: back to the terminal. */
export function installSink(next: Sink = terminal): void {
  current = next;
}

/** True while outputs are printed instead of shown, so that an update cannot replace them. */
export function inTerminal(): boolean {
  return current === terminal;
}
