import { createRequire } from "node:module";

let loadedChecker: typeof import("../language/check/index.js") | undefined;
let loaded: typeof import("../language/index.js") | undefined;

/** What checks types; it loads when a cell is first checked. */
export function checker() {
  loadedChecker ??= createRequire(import.meta.url)("./checker.cjs") as NonNullable<
    typeof loadedChecker
  >;
  return loadedChecker;
}

/** What is done with TypeScript; it loads when it is first needed. */
export function language() {
  loaded ??= createRequire(import.meta.url)("./language.cjs") as NonNullable<typeof loaded>;
  return loaded;
}
