import { didYouMean, InputError } from "../extension/input-error.js";

/**
 * Makes imported names global, as an import statement in a cell asks.
 *
 * A name that the module lacks may be a type that was imported without `type`: it becomes an
 * accessor that throws when it is touched, and that any later cell may replace.
 *
 * @param bindings `"a"`, `"a as b"`, `"default as d"`, `"* as all"`
 * @param hidden what a CommonJS module exports beyond the names that Node found by reading it
 */
export function bindNames(
  scope: object,
  namespace: Record<string, unknown>,
  bindings: readonly string[],
  from: string,
  hidden: (namespace: Record<string, unknown>) => Record<string, unknown> | undefined = () =>
    undefined,
): void {
  for (const binding of bindings) {
    const at = binding.lastIndexOf(" as ");
    const name = at < 0 ? binding : binding.slice(0, at);
    const local = at < 0 ? binding : binding.slice(at + " as ".length);
    if (name === "*") define(scope, local, { value: namespace, writable: true });
    else if (name in namespace) define(scope, local, { value: namespace[name], writable: true });
    else {
      const more = Object(hidden(namespace));
      define(
        scope,
        local,
        name in more
          ? { value: more[name], writable: true }
          : missing(scope, local, name, namespace, from),
      );
    }
  }
}

function define(scope: object, name: string, property: PropertyDescriptor): void {
  const existing = Object.getOwnPropertyDescriptor(scope, name);
  // What an earlier cell declared with `var` can be assigned but not defined anew.
  if (existing?.configurable === false) Reflect.set(scope, name, property.value);
  else Object.defineProperty(scope, name, { ...property, configurable: true, enumerable: true });
}

function missing(
  scope: object,
  local: string,
  name: string,
  namespace: object,
  from: string,
): PropertyDescriptor {
  const all = Object.keys(namespace);
  return {
    get() {
      const what = name === "default" ? "no default export" : `no export named "${name}"`;
      const known = all.length > 12 ? [...all.slice(0, 12), "…"] : all;
      throw new InputError(
        `${from} has ${what}${didYouMean(name, all)}; it exports ${known.join(", ") || "nothing"}`,
      );
    },
    set: (value) => define(scope, local, { value, writable: true }),
  };
}
