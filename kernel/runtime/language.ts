import { createRequire } from "node:module";

let loaded: typeof import("../language/index.js") | undefined;

/** What is done with TypeScript; it loads when it is first needed. */
export function language() {
  loaded ??= createRequire(import.meta.url)("./language.cjs") as NonNullable<typeof loaded>;
  return loaded;
}
