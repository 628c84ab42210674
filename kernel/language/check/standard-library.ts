const has = (owner: unknown, name: string) => name in (owner as object);

/** Parts of TypeScript's declarations, and whether this Node has what they declare. */
const PARTS: Record<string, () => boolean> = {
  "es2024.string": () => has(String.prototype, "isWellFormed"),
  "es2024.object": () => has(Object, "groupBy"),
  "es2024.collection": () => has(Map, "groupBy"),
  "es2024.promise": () => has(Promise, "withResolvers"),
  "es2024.arraybuffer": () => has(ArrayBuffer.prototype, "transfer"),
  "es2024.sharedmemory": () => has(Atomics, "waitAsync"),
  "es2024.regexp": () => has(RegExp.prototype, "unicodeSets"),
  "es2025.iterator": () => has(globalThis, "Iterator"),
  "es2025.collection": () => has(Set.prototype, "union"),
  "es2025.promise": () => has(Promise, "try"),
  "es2025.regexp": () => has(RegExp, "escape"),
  "es2025.float16": () => has(globalThis, "Float16Array"),
  "esnext.array": () => has(Array, "fromAsync"),
  "esnext.collection": () => has(Map.prototype, "getOrInsert"),
  "esnext.error": () => has(Error, "isError"),
  "esnext.typedarrays": () => has(Uint8Array, "fromBase64"),
  "esnext.temporal": () => has(globalThis, "Temporal"),
  // The kernel compiles `using` and decorators itself.
  "esnext.disposable": () => true,
  "esnext.decorators": () => true,
};

/** The declarations of what this Node has of JavaScript's own library, for `lib` of a tsconfig.json. */
export function standardLibrary(): string[] {
  return ["es2023", ...Object.keys(PARTS).filter((name) => PARTS[name]?.())];
}
