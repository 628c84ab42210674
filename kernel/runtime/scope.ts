import { display, live, progress } from "../display/index.js";
import { defineExtension } from "../extension/contract.js";
import { critical, interrupted, signal } from "../extension/cooperation.js";
import { InputError } from "../extension/input-error.js";
import type { ExtensionRegistry, ExtensionState } from "../extension/registry.js";
import type { Comms } from "./comms.js";
import type { createPrompts } from "./prompt.js";

/** The data sets that extensions bring. */
export interface Datasets {
  /** Loads one by name; an unknown name is answered with the nearest. */
  load(name: string, options?: object): unknown;
  /** Name, title, source and licence of each. */
  list(): { name: string; title: string; source: string; licence: string }[];
}

/** The global `retro` of a notebook; extensions add `retro.models` and more. */
export interface Retro {
  /** What is registered, what of it was loaded, from where, and how long that took. */
  extensions(): ExtensionState[];
  datasets: Datasets;
  comms: Comms;
  defineExtension: typeof defineExtension;
  InputError: typeof InputError;
  interrupted: typeof interrupted;
  critical: typeof critical;
  /** The running cell's AbortSignal; hand it to fetch and timers. */
  readonly signal: AbortSignal;
}

/** Puts what every cell can use into the user's globals; a cell may redefine any of it. */
export function installScope(
  scope: Record<string, unknown>,
  registry: ExtensionRegistry,
  comms: Comms,
  prompts: ReturnType<typeof createPrompts>,
): void {
  const retro: Retro = {
    extensions: () => registry.states(),
    datasets: {
      load: (name, options) =>
        (registry.dataset(name).load as (options?: object) => unknown)(options),
      list: () =>
        Object.entries(registry.datasets()).map(([name, { title, source, licence }]) => ({
          name,
          title,
          source,
          licence,
        })),
    },
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
}
