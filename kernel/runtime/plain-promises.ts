import { inspect } from "node:util";

type Inspect = (this: object, ...rest: unknown[]) => unknown;

/**
 * Lets promises and timers look as without AsyncLocalStorage, whose bookkeeping Node up to 22 keeps
 * in properties of theirs that everybody sees.
 */
export function hideAsyncContext(): void {
  const timer = setTimeout(() => {});
  const immediate = setImmediate(() => {});
  for (const one of [Promise.resolve(), timer, immediate]) hideIn(Object.getPrototypeOf(one));
  clearTimeout(timer);
  clearImmediate(immediate);
}

function hideIn(prototype: { [inspect.custom]?: Inspect }): void {
  const before = prototype[inspect.custom];
  Object.defineProperty(prototype, inspect.custom, {
    value(this: object, ...rest: unknown[]): unknown {
      for (const key of Object.getOwnPropertySymbols(this)) {
        if (
          !/^(async_id_symbol|trigger_async_id_symbol|kResourceStore)$/.test(key.description ?? "")
        )
          continue;
        Object.defineProperty(this, key, { enumerable: false });
      }
      return before ? before.apply(this, rest) : this;
    },
    writable: true,
    configurable: true,
  });
}
