import { inspect } from "node:util";

const BOOKKEEPING = /^(async_id_symbol|trigger_async_id_symbol|destroyed|kResourceStore)$/;

/** Hides what Node's async hooks write on promises, so that they are shown as in plain Node. */
export function installPromiseText(): void {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    value(this: Promise<unknown>) {
      for (const symbol of Object.getOwnPropertySymbols(this)) {
        if (BOOKKEEPING.test(symbol.description ?? "")) {
          Object.defineProperty(this, symbol, { enumerable: false });
        }
      }
      return this;
    },
  });
}
