import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { timeOf } from "./disk.js";
import { standardLibrary } from "./standard-library.js";

/** What cells need whatever a folder's own tsconfig.json says; nothing is ever written to disk. */
const FORCED = {
  target: "esnext",
  module: "preserve",
  moduleResolution: "bundler",
  moduleDetection: "force",
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
};

const DEFAULTS = { strict: true, lib: standardLibrary() };

/** Compiler options that cells are checked with, those that a tsconfig.json extends included. */
interface Options {
  types?: unknown;
  paths?: unknown;
  noImplicitAny?: unknown;
  strict?: unknown;
  /** The first file extends itself. */
  isRound?: boolean;
}

type Paths = Record<string, string[]>;

/** A folder's tsconfig.json as cells see it. */
export interface FolderConfig {
  /** The file's text; undefined when there is none. */
  text: string | undefined;
  /** Packages of global declarations; undefined where the file names them. */
  types: string[] | undefined;
  /** Node's declarations by their path, where the folder does not choose its own. */
  node: string | undefined;
  /** The folder itself asks for types on every parameter. */
  noImplicitAny: boolean;
  paths: Paths;
  /** The file and those that it extends. */
  files: string[];
  /** Why the file is left out. */
  complaint?: string;
}

/** Reads `tsconfig.json` of a folder; a broken one counts as it stands, the compiler says what is wrong. */
export function readConfig(folder: string): FolderConfig {
  const file = join(folder, "tsconfig.json");
  const files: string[] = [];
  const { types, paths, noImplicitAny, strict, isRound } = readOptions(file, files);
  const own = hasNodeDeclarations(folder);
  return {
    // The compiler would never come to an end with it.
    ...(isRound ? { complaint: "it extends itself, and is left out" } : {}),
    text: isRound ? undefined : textOf(file),
    types: Array.isArray(types) ? undefined : own ? ["node"] : [],
    node: Array.isArray(types) || own ? undefined : nodeDeclarations(),
    noImplicitAny: (noImplicitAny ?? strict) === true,
    paths: isRecord(paths) ? (paths as Paths) : {},
    files,
  };
}

/** When the files of a configuration were changed last. */
export function configTime({ files }: FolderConfig): string {
  return files.map(timeOf).join();
}

/** The options of a file over those that it extends; each file that was read or looked for is added to `files`. */
function readOptions(file: string, files: string[]): Options {
  if (files.includes(file)) return { isRound: file === files[0] };
  files.push(file);
  const content: unknown = parse(textOf(file) ?? "", [], { allowTrailingComma: true });
  if (!isRecord(content)) return {};
  const options: Options = {};
  for (const base of [content.extends].flat()) {
    if (typeof base === "string") Object.assign(options, readOptions(located(base, file), files));
  }
  const own: Options = isRecord(content.compilerOptions) ? content.compilerOptions : {};
  const isRound = options.isRound === true;
  return {
    ...options,
    ...own,
    isRound,
    ...(isRecord(own.paths) && { paths: absolute(own.paths, file) }),
  };
}

/** The file that `extends` names in another. */
function located(base: string, file: string): string {
  if (/^\.{0,2}\//.test(base) || /^[a-z]:/i.test(base)) {
    const path = resolve(dirname(file), base);
    return existsSync(path) || path.endsWith(".json") ? path : `${path}.json`;
  }
  const require = createRequire(file);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const found = require.resolve(name);
      if (found.endsWith(".json")) return found;
    } catch {
      // It may have one of the other names.
    }
  }
  return join(dirname(file), "node_modules", base);
}

/** Paths are relative to the file that they are in. */
function absolute(paths: Record<string, unknown>, file: string): Paths {
  const entries = Object.entries(paths).map(([pattern, targets]) => [
    pattern,
    [targets]
      .flat()
      .map(String)
      .map((path) => (path.startsWith("${") ? path : resolve(dirname(file), path))),
  ]);
  return Object.fromEntries(entries);
}

/**
 * The text that stands in the place of a folder's tsconfig.json.
 *
 * @param extended the name under which the folder's own text is found
 * @param packages declarations of packages that only the kernel has, by name
 */
export function configText(
  config: FolderConfig,
  files: readonly string[],
  extended: string,
  packages: ReadonlyMap<string, string>,
): string {
  const own = config.text !== undefined;
  const paths = { ...config.paths };
  for (const [name, file] of packages) paths[name] ??= [file];
  const compilerOptions = {
    ...(own ? {} : DEFAULTS),
    ...(config.types ? { types: config.types } : {}),
    ...FORCED,
    ...(packages.size > 0 ? { paths } : {}),
  };
  return JSON.stringify({
    ...(own ? { extends: `./${extended}` } : {}),
    compilerOptions,
    typeAcquisition: { enable: false },
    files,
    include: [],
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the folder, or one above it, has chosen the declarations of its Node. */
function hasNodeDeclarations(folder: string): boolean {
  const above = dirname(folder);
  if (existsSync(join(folder, "node_modules", "@types", "node"))) return true;
  return above !== folder && hasNodeDeclarations(above);
}

function nodeDeclarations(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("@types/node/package.json")), "index.d.ts");
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
