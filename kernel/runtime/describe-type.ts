import { types } from "node:util";
import { Observer } from "./types/observer.js";
import { Shape } from "./types/shape.js";
import { TypeBounds } from "./types/type-bounds.js";
import { typeText } from "./types/type-text.js";

/**
 * The TypeScript type of a value that a cell left in a variable; undefined when nothing sharper than
 * `any` can be said.
 *
 * `extensions` gives the type that an extension says, if it is one (`isTypeExpression`), or undefined;
 * it is asked first, and may throw. Nothing else throws, and no getter, no proxy's trap and no code of
 * the user's runs.
 */
export function describeType(
  value: unknown,
  extensions: (value: unknown) => string | undefined,
  bounds: TypeBounds = TypeBounds.ofCell(),
): string | undefined {
  if (types.isProxy(value)) return undefined;
  const share = bounds.share();
  try {
    return sharper(said(value, extensions) ?? observed(value, extensions, share));
  } catch {
    return undefined; // what a user did to the built-in classes
  } finally {
    bounds.putBack(share);
  }
}

function said(
  value: unknown,
  extensions: (value: unknown) => string | undefined,
): string | undefined {
  try {
    return extensions(value);
  } catch {
    return undefined;
  }
}

function observed(
  value: unknown,
  extensions: (value: unknown) => string | undefined,
  bounds: TypeBounds,
): string {
  const shape = new Shape();
  new Observer(bounds, extensions).see(shape, value);
  return typeText(shape);
}

function sharper(text: string): string | undefined {
  return text === "any" ? undefined : text;
}
