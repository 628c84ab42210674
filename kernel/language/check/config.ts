import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse } from "jsonc-parser";

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

const DEFAULTS = { strict: true, lib: ["esnext"] };

/** Compiler options of a folder's own tsconfig.json, those it extends aside. */
interface OwnOptions {
  types?: string[];
  paths?: Record<string, string[]>;
  noImplicitAny?: boolean;
  strict?: boolean;
}

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
  paths: Record<string, string[]>;
}

/** Reads `tsconfig.json` of a folder; a broken one counts as it stands, the compiler says what is wrong. */
export function readConfig(folder: string): FolderConfig {
  const text = textOf(join(folder, "tsconfig.json"));
  const options: OwnOptions = (text && parse(text)?.compilerOptions) || {};
  const own = existsSync(join(folder, "node_modules", "@types", "node"));
  return {
    text,
    types: options.types ? undefined : own ? ["node"] : [],
    node: options.types || own ? undefined : nodeDeclarations(),
    noImplicitAny: options.noImplicitAny ?? options.strict ?? false,
    paths: options.paths ?? {},
  };
}

/** When a folder's tsconfig.json was changed last; 0 without one. */
export function configTime(folder: string): number {
  return statSync(join(folder, "tsconfig.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
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
    files,
    include: [],
  });
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
