import { readdirSync } from "node:fs";
import { builtinModules, createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";
import { didYouMean, InputError } from "../extension/input-error.js";
import { findFile } from "./module-files.js";
import { ownPackage } from "./own-packages.js";

/** True for what names a file and not a package. */
export function isPath(specifier: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|file:|[A-Za-z]:[\\/])/.test(specifier);
}

const found = new Set<string>();

/** Whether a package, as it lies in a folder, was imported by a cell or required by anything. */
export function isLoaded(name: string, folder: string): boolean {
  const files = join(folder, "node_modules", name, "/");
  const { cache } = createRequire(import.meta.url);
  return found.has(name) || Object.keys(cache).some((file) => file.startsWith(files));
}

/**
 * The URL of a package's module: from the importing file's folder, else from this kernel's own
 * dependencies. The kernel's own name and "tslab" always mean the running kernel.
 *
 * @param from a file, whether it exists or not
 * @throws InputError saying where it looked and how to install it
 */
export function findPackage(specifier: string, from: string): string {
  if (isBuiltin(specifier)) return specifier.replace(/^(?!node:)/, "node:");
  if (specifier.startsWith("node:")) {
    const known = builtinModules.map((name) => `node:${name}`);
    throw new InputError(`Node has no module "${specifier}"${didYouMean(specifier, known)}`);
  }
  const kernel = import.meta.url;
  const own = ownPackage(specifier);
  for (const place of own ? [kernel] : [pathToFileURL(from).href, kernel]) {
    try {
      const url = resolve(own ?? specifier, place);
      found.add(packageOf(specifier));
      return url;
    } catch (error) {
      if (!isMissingPackage(error)) throw new InputError((error as Error).message);
    }
  }
  throw missingPackage(specifier, from);
}

function isMissingPackage(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && message.startsWith("Cannot find package");
}

/** The error for a package that is nowhere to be found. */
export function missingPackage(specifier: string, from: string): InputError {
  const name = packageOf(specifier);
  const folder = dirname(from);
  const installed = new Set([
    ...installedPackages(folder),
    ...installedPackages(dirname(fileURLToPath(import.meta.url))),
  ]);
  const local = hasFile(join(folder, specifier)) ? ` (the file beside it is "./${specifier}")` : "";
  return new InputError(
    `package "${name}" not found in ${folder} nor in the kernel's own dependencies` +
      `${local || didYouMean(name, installed)}; to install it: npm install ${name}`,
  );
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function hasFile(path: string): boolean {
  try {
    return findFile(path, path) !== "";
  } catch {
    return false;
  }
}

/** Names in every node_modules from a folder upwards. */
function installedPackages(folder: string): string[] {
  const here = packagesIn(join(folder, "node_modules"));
  const parent = dirname(folder);
  return parent === folder ? here : [...here, ...installedPackages(parent)];
}

function packagesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) =>
      name.startsWith("@")
        ? packagesIn(join(folder, name)).map((scoped) => `${name}/${scoped}`)
        : name.startsWith(".")
          ? []
          : [name],
    );
  } catch {
    return [];
  }
}
