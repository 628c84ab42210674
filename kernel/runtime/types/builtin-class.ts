import { Buffer } from "node:buffer";
import { functionName, seen } from "../own-data.js";

/** Classes that a TypeScript program with Node's declarations knows by these names. */
export const CLASSES = [
  ...["Date", "RegExp", "URL", "URLSearchParams", "ArrayBuffer", "SharedArrayBuffer", "DataView"],
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array"],
  ...["Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"],
  ...["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"],
  ...["AggregateError", "Blob", "Headers", "Request", "Response", "FormData"],
  ...["AbortController", "AbortSignal"],
  ...["ReadableStream", "WritableStream", "TransformStream"],
];

const byPrototype = new Map<object, string>([
  [Buffer.prototype, "Buffer"],
  [Promise.prototype, "Promise<any>"],
]);
/** Node loads what is behind some of its globals when they are first read. */
const later = new Map<string, () => unknown>();
for (const name of CLASSES) {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property?.get) later.set(name, property.get);
  else if (property) byPrototype.set(property.value.prototype, name);
}

/** The class of values with this prototype, as TypeScript names it; undefined for its subclasses. */
export function builtinClass(prototype: object): string | undefined {
  const known = byPrototype.get(prototype);
  if (known !== undefined) return known;
  const made = seen(prototype, "constructor");
  const isFunction = typeof made === "object" && typeof made.value === "function";
  const name = isFunction ? functionName(made.value as object) : "";
  const get = later.get(name);
  if (!get) return undefined;
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  // Node's getter puts the class in its own place, which must not be one that a cell has taken.
  const own = property?.get === get ? get.call(globalThis) : property?.value;
  if (typeof own !== "function" || own.prototype !== prototype) return undefined;
  byPrototype.set(prototype, name);
  return name;
}
