import { builtinModules } from "node:module";
import { nearest } from "../../extension/input-error.js";
import { typesPackageOf } from "../types-package.js";

/** A package that has no declarations. */
export const NO_DECLARATIONS = 7016;
/** A text that is none of those allowed, as a column that a table lacks. */
export const NOT_AMONG =
  /^(?:Type|Argument of type) '"[^"]*"' is not assignable to (?:parameter of )?type '"/;
const NODE_MODULES = builtinModules.map((name) => (/^node:/.test(name) ? name : `node:${name}`));
const NO_MODULE = new Set([2307, 2792]);
/** Of what a later version of the language's library has. */
const OF_LIBRARY = new Set([2550, 2583, 2585]);
/** Without a suggestion of the compiler's own. */
const NO_NAME = new Set([2304, 2503, 18004]);
const NO_PROPERTY = new Set([2339, 7053]);
const CELL_TYPE = /import\("[^"]*\.retro-cell-(\d+)(?:\.ts)?"\)\.([\p{ID_Continue}$]+)/gu;

/**
 * What mends a problem, where that can be said in general.
 *
 * @param names of earlier cells and of extensions
 */
export function hintFor(
  code: number,
  message: string,
  names: Iterable<string>,
): string | undefined {
  if (OF_LIBRARY.has(code)) return `this Node, ${process.version}, does not have it`;
  if (/Did you mean/.test(message)) return undefined;
  const given = /^[^']*'"?([^'"]+)"?'/.exec(message)?.[1] ?? "";
  if (NO_NAME.has(code)) return suggestion(given, names);
  if (NO_PROPERTY.has(code)) return suggestion(given, keysIn(message));
  if (NOT_AMONG.test(message)) return suggestion(given, textsIn(message));
  const specifier = /['"]([^'"]+)['"]/.exec(message)?.[1];
  if (specifier === undefined || /^[./#]/.test(specifier)) return undefined;
  if (specifier.startsWith("node:")) return suggestion(specifier, NODE_MODULES);
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (NO_MODULE.has(code)) return `to install it: %install ${name}`;
  if (code !== NO_DECLARATIONS) return undefined;
  return `its types, if there are any: %install ${typesPackageOf(name)}`;
}

function suggestion(given: string, allowed: Iterable<string>): string | undefined {
  const name = nearest(given, allowed);
  return name === undefined || name === given ? undefined : `Did you mean '${name}'?`;
}

/** The keys of the object types that a message shows. */
function keysIn(message: string): string[] {
  return [...message.matchAll(/[{;] (?:readonly )?["']?([^"':;?{}]+?)["']?\??: /g)].map(
    ([, key]) => key as string,
  );
}

/** The texts that a message names, but for the one that was given. */
function textsIn(message: string): string[] {
  return [...message.matchAll(/"([^"]*)"/g)].slice(1).map(([, text]) => text as string);
}

/** Why one name stands for two types in a message of the compiler. */
export function twoTypes(message: string): string | undefined {
  const modules = new Map<string, string>();
  for (const [, module, name] of message.matchAll(CELL_TYPE) as Iterable<string[]>) {
    const other = modules.get(name as string) ?? module;
    if (other !== module)
      return `these are two types: '${name}' was declared again in a later cell`;
    modules.set(name as string, module as string);
  }
  return undefined;
}
