import { join } from "node:path";
import { display } from "../../display/display.js";
import { InputError } from "../../extension/input-error.js";
import { isLoaded } from "../module-packages.js";
import { manifestOf } from "./manifest.js";
import { NpmError, npm } from "./npm.js";
import { rememberLists } from "./package-lists.js";
import { hasOwnTypes, typesPackage } from "./package-types.js";
import { CommandError } from "./run-command.js";

export interface InstallOptions {
  /** The packages' own install scripts run. */
  scripts?: boolean | undefined;
  /** As development dependencies. */
  dev?: boolean | undefined;
}

/** What was interrupted is still putting back what it changed. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Installs packages in a folder, and declarations for those that bring none; shows how far it is and
 * what came of it. What fails or is interrupted leaves the folder's lists of packages as they were.
 *
 * @returns the names of the packages
 * @throws InputError for what the registry does not have; CommandError with npm's reason otherwise
 */
export function installPackages(
  folder: string,
  given: readonly string[],
  options: InstallOptions,
): Promise<string[]> {
  const names = last.then(() => installInTurn(folder, given, options));
  last = names.catch(() => {});
  return names;
}

async function installInTurn(
  folder: string,
  given: readonly string[],
  { scripts = false, dev = false }: InstallOptions,
): Promise<string[]> {
  const what = given.join(" ");
  let files = 0;
  const line = display.text(`installing ${what} …`);
  const fetched = (more: number) => {
    files += more;
    if (more > 0) line.update(`installing ${what} … ${files} fetched`);
  };
  const install = (words: readonly string[], packages: readonly string[]) =>
    npm(folder, ["install", "--save", ...words, "--", ...packages], fetched);

  const before = dependencies(folder);
  const named = given.flatMap((spec) => nameOf(spec) ?? []);
  const versions = new Map(
    [...new Set([...Object.keys(before), ...named])].map((name) => [name, versionOf(folder, name)]),
  );
  const restore = rememberLists(folder);
  try {
    const options = [scripts ? "--no-ignore-scripts" : "--ignore-scripts"];
    await install(dev ? [...options, "--save-dev"] : options, given);
  } catch (error) {
    restore();
    line.update(`installing ${what}: nothing is changed`);
    throw error instanceof NpmError ? refusal(error) : error;
  }
  const names = [...new Set([...named, ...unnamed(given, before, dependencies(folder))])];
  const types = await installTypes(folder, named, install);
  const facts = names.map((name) => {
    const version = versionOf(folder, name) ?? "";
    const declared = types.get(name);
    const note = declared === undefined ? "" : ` (types: ${declared})`;
    const isOther = versions.get(name) !== undefined && versions.get(name) !== version;
    const stale = isOther && isLoaded(name, folder);
    return `${name} ${version}${note}${stale ? "; restart the kernel to use it: a cell imported another version" : ""}`;
  });
  line.update(facts.join("\n"));
  return names;
}

/** `@types/lodash 4.17.20` for each package that got such; the packages stay without, whatever fails. */
async function installTypes(
  folder: string,
  names: readonly string[],
  install: (words: readonly string[], packages: readonly string[]) => Promise<unknown>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const own = join(folder, "node_modules", name);
    const manifest = manifestOf(own);
    if (!manifest?.version || hasOwnTypes(own, manifest)) continue;
    const types = await typesPackage(folder, name, manifest.version);
    if (types !== undefined) found.set(name, types);
  }
  if (found.size === 0) return found;
  const restore = rememberLists(folder);
  try {
    await install(["--ignore-scripts", "--save-dev"], [...found.values()]);
  } catch (error) {
    restore();
    if (!(error instanceof NpmError)) throw error;
    return new Map();
  }
  return new Map([...found].map(([name, types]) => [name, types.replace(/@(?=[^@]+$)/, " ")]));
}

/** The name in `name`, `name@version` and `@scope/name@tag`; undefined for files, addresses and git. */
function nameOf(spec: string): string | undefined {
  if (/\.(tgz|tar|tar\.gz)$/i.test(spec)) return undefined;
  return /^((?:@[^/@:]+\/)?[^/@:.][^/@:]*)(?:@[^/:]*)?$/.exec(spec)?.[1];
}

/** The packages of what has no name: what is new, or is listed as what was given. */
function unnamed(
  given: readonly string[],
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  const ends = given
    .filter((spec) => nameOf(spec) === undefined)
    .map((spec) => spec.replace(/^(file:|\.\/)+|\/+$/g, ""));
  if (ends.length === 0) return [];
  return Object.entries(after)
    .filter(([name, spec]) => before[name] !== spec || ends.some((end) => spec.endsWith(end)))
    .map(([name]) => name);
}

function refusal({ code, message, detail }: NpmError): Error {
  const missing = /'((?:@[^/']+\/)?[^@']+)@[^']*'/.exec(detail)?.[1];
  if (code === "E404" && missing !== undefined) {
    const answer = message.startsWith("404") ? message : `404 ${message}`;
    return new InputError(`%install: ${missing} is not in the registry (npm E404: ${answer})`);
  }
  // What a script of the package printed, its command first.
  if (message === "command failed") process.stderr.write(`${detail}\n`);
  const conflict = /^Could not resolve dependency:\n(.+)$/m.exec(detail)?.[1];
  const reason = message.replace(/^\w*Error: /, "") + (conflict ? `: ${conflict}` : "");
  const isInput = /^(ETARGET|ERESOLVE|EINVALID\w+|ENOENT)$/.test(code);
  return new (isInput ? InputError : CommandError)(`%install: ${reason} (npm ${code})`);
}

function dependencies(folder: string): Record<string, string> {
  const { dependencies, devDependencies } = manifestOf(folder) ?? {};
  return { ...dependencies, ...devDependencies };
}

function versionOf(folder: string, name: string): string | undefined {
  return manifestOf(join(folder, "node_modules", name))?.version;
}
