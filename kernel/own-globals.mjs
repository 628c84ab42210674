// biome-ignore-all lint/suspicious/noShadowRestrictedNames: that is what it is for

/*
 * What the kernel's own code finds under these names, whatever becomes of the globals: a cell may
 * well say `const performance = …` or `class Set {…}`, and its top level is everybody's.
 */

const KEPT = globalThis.Symbol.for("retro-kernel.globals");
// What loads after a cell has run finds here what loaded before found.
if (!globalThis[KEPT]) globalThis.Object.defineProperty(globalThis, KEPT, { value: {} });

const own = (name) => (globalThis[KEPT][name] ??= globalThis[name]);

export const AbortController = /* @__PURE__ */ own("AbortController");
export const Array = /* @__PURE__ */ own("Array");
export const Atomics = /* @__PURE__ */ own("Atomics");
export const Date = /* @__PURE__ */ own("Date");
export const Error = /* @__PURE__ */ own("Error");
export const Int32Array = /* @__PURE__ */ own("Int32Array");
export const JSON = /* @__PURE__ */ own("JSON");
export const Map = /* @__PURE__ */ own("Map");
export const Math = /* @__PURE__ */ own("Math");
export const Number = /* @__PURE__ */ own("Number");
export const Object = /* @__PURE__ */ own("Object");
export const Promise = /* @__PURE__ */ own("Promise");
export const Reflect = /* @__PURE__ */ own("Reflect");
export const RegExp = /* @__PURE__ */ own("RegExp");
export const Set = /* @__PURE__ */ own("Set");
export const String = /* @__PURE__ */ own("String");
export const Symbol = /* @__PURE__ */ own("Symbol");
export const URL = /* @__PURE__ */ own("URL");
export const Uint8Array = /* @__PURE__ */ own("Uint8Array");
export const WeakMap = /* @__PURE__ */ own("WeakMap");
export const clearInterval = /* @__PURE__ */ own("clearInterval");
export const clearTimeout = /* @__PURE__ */ own("clearTimeout");
export const performance = /* @__PURE__ */ own("performance");
export const setImmediate = /* @__PURE__ */ own("setImmediate");
export const setInterval = /* @__PURE__ */ own("setInterval");
export const setTimeout = /* @__PURE__ */ own("setTimeout");
