import { types } from "node:util";

/** What a property holds, seen without running a getter; `accessor` when it has one. */
export type Seen = { value: unknown } | "accessor" | undefined;

/** Looks at an own property of an object that is no proxy. */
export function seen(owner: object, key: PropertyKey): Seen {
  try {
    const property = Object.getOwnPropertyDescriptor(owner, key);
    if (!property) return undefined;
    return "value" in property ? { value: property.value } : "accessor";
  } catch {
    return "accessor"; // a binding of a module that is still being evaluated
  }
}

/** The prototypes of an object, nearest first, up to a proxy. */
export function* prototypes(value: object): Generator<object> {
  if (types.isProxy(value)) return;
  let next = Object.getPrototypeOf(value);
  for (; next !== null && !types.isProxy(next); next = Object.getPrototypeOf(next)) yield next;
}

/** The name of an object's class, or undefined for plain objects. */
export function className(value: object): string | undefined {
  for (const owner of prototypes(value)) {
    const made = seen(owner, "constructor");
    if (typeof made !== "object" || typeof made.value !== "function") continue;
    const name = functionName(made.value);
    return name === "Object" || name === "" ? undefined : name;
  }
  return undefined;
}

export function functionName(value: object): string {
  const name = types.isProxy(value) ? undefined : seen(value, "name");
  return typeof name === "object" && typeof name.value === "string" ? name.value : "";
}

export function isClass(value: unknown): boolean {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

const typedLength = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  "length",
)?.get as () => number;
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get as () => number;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, "size")?.get as () => number;

/** How many items a built-in collection holds, whatever its class overrides; else undefined. */
export function itemCount(value: object): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (types.isTypedArray(value)) return typedLength.call(value);
  if (types.isMap(value)) return mapSize.call(value);
  if (types.isSet(value)) return setSize.call(value);
  return undefined;
}
