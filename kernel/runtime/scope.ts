import { display, live, progress } from "../display/index.js";
import { defineExtension } from "../extension/contract.js";
import { critical, interrupted, signal } from "../extension/cooperation.js";
import { type Datasets, datasetsOf } from "../extension/datasets.js";
import { InputError } from "../extension/input-error.js";
import type { ExtensionRegistry } from "../extension/registry.js";
import type { Comms } from "./comms.js";
import type { createPrompts } from "./prompt.js";

/** A row of `retro.extensions()`. */
export interface ExtensionRow {
  name: string;
  /** "built in", or the file or package it came from. */
  from: string;
  /** The names it brings, and those of them that cells touched, so that they are loaded. */
  names: string;
  loaded: string;
  /** Milliseconds that its registration and loading took. */
  ms: number;
}

/** The global `retro` of a notebook; extensions add `retro.models` and more. */
export interface Retro {
  /** What is registered, what of it was loaded, from where, and how long that took. */
  extensions(): ExtensionRow[];
  datasets: Datasets;
  comms: Comms;
  defineExtension: typeof defineExtension;
  InputError: typeof InputError;
  interrupted: typeof interrupted;
  critical: typeof critical;
  /** The running cell's AbortSignal; hand it to fetch and timers. */
  readonly signal: AbortSignal;
}

/**
 * Puts what every cell can use into the user's globals; a cell may redefine any of it.
 *
 * @returns the names
 */
export function installScope(
  scope: Record<string, unknown>,
  registry: ExtensionRegistry,
  comms: Comms,
  prompts: ReturnType<typeof createPrompts>,
): string[] {
  const retro: Retro = {
    extensions: () =>
      registry.states().map(({ name, from, names, loaded, ms }) => ({
        name,
        from,
        names: names.join(", "),
        loaded: loaded.join(", "),
        ms: Math.round(ms * 10) / 10,
      })),
    datasets: datasetsOf(() => registry.datasets()),
    comms,
    defineExtension,
    InputError,
    interrupted,
    critical,
    get signal() {
      return signal();
    },
  };
  const names = { retro, display, live, progress, ...prompts };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(scope, name, { value, writable: true, configurable: true });
  }
  return Object.keys(names);
}
