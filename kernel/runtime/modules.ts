import { existsSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { InputError } from "../extension/input-error.js";
import { bindNames } from "./module-bindings.js";
import { ownPackage } from "./own-packages.js";

/** How cells reach other modules: what `import`, `require` and `import.meta` become. */
export interface Modules {
  /**
   * Imports a module and, when names are given, makes them global.
   *
   * @param bindings `"a"`, `"a as b"`, `"default as d"`, `"* as all"`
   * @param attributes what stands in `with {…}`
   * @throws InputError when there is no such module; whatever the module throws
   */
  import(
    specifier: string | URL,
    bindings?: readonly string[],
    attributes?: Record<string, string>,
  ): Promise<Record<string, unknown>>;
  require: NodeJS.Require;
  /** `filename` is the file that a cell would be; `resolve` finds packages as `require` does. */
  meta: { url: string; dirname: string; filename: string; resolve(specifier: string): string };
}

/** Modules as seen from a notebook's folder. */
export function createModules(folder: string): Modules {
  const cell = join(folder, "cell.ts");
  const own = createRequire(import.meta.url);
  const local = createRequire(cell);

  let graph: Promise<import("./module-graph.js").ModuleGraph> | undefined;
  const startGraph = async () => {
    const { ModuleGraph, IMPORT } = await import("./module-graph.js");
    Object.defineProperty(globalThis, Symbol.for(IMPORT), {
      value: (parent: string) => (given: unknown, options?: ImportCallOptions) =>
        load(String(given), fileURLToPath(parent), options?.with as Record<string, string>),
    });
    return new ModuleGraph();
  };
  const load = async (
    specifier: string,
    from: string,
    attributes: Record<string, string> | undefined,
  ): Promise<Record<string, unknown>> => {
    if (/^https?:/.test(specifier)) {
      throw new InputError(
        `cannot import "${specifier}" from the web: install it as a package, or download it and import the file`,
      );
    }
    if (specifier.startsWith("data:")) return import(specifier, attributes && { with: attributes });
    // Most cells import nothing: what finds and reads modules is loaded with the first that does.
    const { findPackage, isPath } = await import("./module-packages.js");
    const url = isPath(specifier) ? specifier : findPackage(specifier, from);
    if (isPath(specifier) || /\.(m?ts|wasm|node)$/.test(url)) {
      graph ??= startGraph();
      return (await graph).import(url, from);
    }
    const isJson = url.endsWith(".json");
    return import(url, isJson ? { with: { type: "json" } } : undefined);
  };

  /** Where Node is to look: nowhere for a package that is not there, or it remembers so for good. */
  const where = (specifier: string): { paths: string[] } | undefined => {
    const folders = local.resolve.paths(specifier);
    if (folders === null || /^\.{0,2}\//.test(specifier)) return undefined;
    const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    return folders.some((place) => existsSync(join(place, name))) ? undefined : { paths: [] };
  };

  const resolve = (specifier: string, options?: { paths?: string[] }): string => {
    const ours = ownPackage(specifier);
    if (ours !== undefined) return own.resolve(ours);
    try {
      return local.resolve(specifier, options ?? where(specifier));
    } catch (error) {
      try {
        return own.resolve(specifier, options);
      } catch {
        throw error;
      }
    }
  };

  const commonJs = (namespace: Record<string, unknown>) =>
    Object.values(local.cache).find((module) => module && module.exports === namespace.default)
      ?.exports;

  return {
    // Called without a receiver: cells reach it through another object.
    import: async (specifier, bindings, attributes) => {
      const namespace = await load(String(specifier), cell, attributes);
      if (bindings) bindNames(globalThis, namespace, bindings, `"${specifier}"`, commonJs);
      return namespace;
    },
    require: Object.assign((id: string) => local(resolve(id)), {
      ...local,
      resolve: Object.assign(resolve, { paths: local.resolve.paths }),
    }),
    meta: {
      url: pathToFileURL(cell).href,
      dirname: folder,
      filename: cell,
      resolve: (specifier) =>
        /^(\.{0,2}\/|[a-z]+:)/.test(specifier)
          ? new URL(specifier, pathToFileURL(cell)).href
          : isBuiltin(specifier)
            ? `node:${specifier}`
            : pathToFileURL(resolve(specifier)).href,
    },
  };
}
