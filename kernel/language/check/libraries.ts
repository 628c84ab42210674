import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { typesPackageOf } from "../types-package.js";

/** A name that an extension offers, and where its declarations are. */
export interface LibraryName {
  name: string;
  types?: string;
  doc?: string;
}

/** A module for the compiler to load, under the name that cells see it by. */
export interface Library {
  alias: string;
  /** A file's path or a package's name. */
  from: string;
}

/** A library that was loaded; a name that has a default export means that alone. */
interface Loaded extends Library {
  isDefault: boolean;
}

/** Declarations of what every notebook has in scope. */
const KERNEL: Library = { alias: "kernel", from: ownTypes("kernel/runtime/notebook-globals") };
/** The built-in extensions as a whole: what each data set gives is in their declarations. */
const TOOLKIT: Library = { alias: "toolkit", from: ownTypes("extensions/index") };
/** Names that mean the running kernel wherever it is imported. */
const OWN = "retro-kernel";

interface Tree {
  [step: string]: Tree | LibraryName;
}

/** The modules beside the cells: loaded by the compiler when a cell first says their name. */
export class Libraries {
  private names: readonly LibraryName[] = [];
  private readonly loaded: Loaded[] = [{ ...KERNEL, isDefault: false }];
  /** Declarations of packages that the notebook's folder lacks and the kernel has. */
  readonly packages = new Map<string, string>();

  constructor(private readonly folder: string) {}

  get all(): readonly Library[] {
    return this.loaded;
  }

  offer(names: readonly LibraryName[]): void {
    this.names = names;
  }

  /** The first segments of the names there are: `retro`, `vl`. */
  roots(): Set<string> {
    return new Set(["retro", ...this.names.map(({ name }) => name.split(".", 1)[0] as string)]);
  }

  /** Packages that the kernel brings, for cells to import. */
  ownPackages(): string[] {
    return [OWN, ...Object.keys(ownManifest().dependencies)];
  }

  /** Loads what a text imports or names; true when the compiler has something new to load. */
  touch(specifiers: readonly string[], words: ReadonlySet<string>): boolean {
    const before = this.loaded.length + this.packages.size;
    for (const { name, types } of this.touched(words)) {
      const from = types === undefined ? undefined : this.locate(types);
      if (from !== undefined && !this.find(from)) {
        const alias = `x${this.loaded.length}_${name.replace(/\W/g, "_")}`;
        this.loaded.push({ alias, from, isDefault: hasDefault(from) });
      }
    }
    if (words.has("datasets") && !this.find(TOOLKIT.from))
      this.loaded.push({ ...TOOLKIT, isDefault: false });
    for (const specifier of specifiers) this.provide(specifier);
    return this.loaded.length + this.packages.size > before;
  }

  /** Packages came or went: one that only the kernel had may be the folder's own now. */
  reread(): void {
    const provided = [...this.packages.keys()];
    this.packages.clear();
    for (const specifier of provided) this.provide(specifier);
  }

  /** Declares the roots that a text names, the untouched names below them as something unknown. */
  prelude(words: ReadonlySet<string>, isTaken: (name: string) => boolean): string {
    const lines: string[] = [];
    const touched = new Set(this.touched(words).map(({ name }) => name));
    for (const root of this.roots()) {
      if (!words.has(root) || isTaken(root)) continue;
      const whole = this.names.find(({ name }) => name === root);
      const path = whole && this.aliasOf(whole);
      if (path) lines.push(`import ${root} = __retro__.${path};`);
      else if (whole) lines.push(`declare const ${root}: any;`);
      else {
        const base = root === "retro" ? "__retro__.kernel.Retro & " : "";
        const tree = this.typeOf(this.tree(root), touched);
        lines.push(`declare const ${root}: ${base}${tree};`);
      }
    }
    for (const word of words) {
      if (/^_\d+$/.test(word) && !isTaken(word)) lines.push(`declare const ${word}: any;`);
    }
    return lines.join(" ");
  }

  /** Names all of whose segments a text has, or whose root stands there alone. */
  private touched(words: ReadonlySet<string>): LibraryName[] {
    const inText = this.names.filter(({ name }) => words.has(name.split(".", 1)[0] as string));
    return inText.filter(({ name }) => name.split(".").every((step) => words.has(step)));
  }

  private tree(root: string): Tree {
    const tree: Tree = {};
    for (const known of this.names) {
      const [first, ...steps] = known.name.split(".");
      if (first !== root) continue;
      let at = tree;
      for (const step of steps.slice(0, -1)) {
        at[step] ??= {};
        at = at[step] as Tree;
      }
      at[steps.at(-1) as string] = known;
    }
    return tree;
  }

  private typeOf(tree: Tree, touched: ReadonlySet<string>): string {
    const members = Object.entries(tree).map(([step, below]) => {
      if (!isName(below)) return `readonly ${step}: ${this.typeOf(below as Tree, touched)};`;
      const alias = touched.has(below.name) ? this.aliasOf(below) : undefined;
      const doc = below.doc === undefined ? "" : `/** ${below.doc.replaceAll("*/", "* /")} */ `;
      const type = alias ? `typeof __retro__.${alias}` : below.types === undefined ? "any" : "{}";
      return `${doc}readonly ${step}: ${type};`;
    });
    return `{ ${members.join(" ")} }`;
  }

  private aliasOf({ types }: LibraryName): string | undefined {
    const from = types === undefined ? undefined : this.locate(types);
    const library = from === undefined ? undefined : this.find(from);
    return library?.isDefault ? `${library.alias}.default` : library?.alias;
  }

  private find(from: string): Loaded | undefined {
    return this.loaded.find((library) => library.from === from);
  }

  /** The declarations that an extension names: its own package's, a file's, or a package's. */
  private locate(types: string): string | undefined {
    if (types === OWN || types.startsWith(`${OWN}/`)) return ownEntry(types);
    return types.startsWith(".") ? resolve(this.folder, types) : types;
  }

  private provide(specifier: string): void {
    if (this.packages.has(specifier) || /^[./]/.test(specifier) || isBuiltin(specifier)) return;
    const own = specifier === OWN || specifier.startsWith(`${OWN}/`);
    if (own || specifier === "tslab") {
      const file = ownEntry(own ? specifier : `${OWN}/tslab`);
      if (file) this.packages.set(specifier, file);
      return;
    }
    if (modulesAbove(this.folder).some((folder) => existsSync(join(folder, specifier)))) return;
    const file = declarationsOf(specifier);
    if (file) this.packages.set(specifier, file);
  }
}

function isName(below: Tree | LibraryName): below is LibraryName {
  return typeof below.name === "string";
}

function here(): string {
  return dirname(fileURLToPath(import.meta.url));
}

function ownTypes(path: string): string {
  return join(here(), "types", `${path}.d.ts`);
}

/** The declarations of `retro-kernel/charts`, as the package itself says. */
function ownEntry(specifier: string): string | undefined {
  const entry = ownManifest().exports[`.${specifier.slice(OWN.length)}`]?.types;
  return entry === undefined ? undefined : join(dirname(here()), entry);
}

interface Manifest {
  dependencies: Record<string, string>;
  exports: Record<string, { types?: string }>;
}

let manifest: Manifest | undefined;

/** The kernel's own package.json; it does not change while the kernel runs. */
function ownManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(join(dirname(here()), "package.json"), "utf8")) as Manifest;
  return manifest;
}

/** Declarations of a package among the kernel's own. */
function declarationsOf(name: string): string | undefined {
  for (const modules of modulesAbove(here())) {
    for (const folder of [join(modules, name), join(modules, typesPackageOf(name))]) {
      try {
        const text = readFileSync(join(folder, "package.json"), "utf8");
        const { types, typings, exports } = JSON.parse(text);
        const entry = types ?? typings ?? firstTypes(exports?.["."] ?? exports) ?? "index.d.ts";
        const file = join(folder, entry);
        if (existsSync(file)) return file;
      } catch {
        // It is not there.
      }
    }
  }
  return undefined;
}

function firstTypes(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  if ("types" in entry && typeof entry.types === "string") return entry.types;
  for (const below of Object.values(entry)) {
    const found = firstTypes(below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function modulesAbove(folder: string): string[] {
  const parent = dirname(folder);
  const own = join(folder, "node_modules");
  return parent === folder ? [own] : [own, ...modulesAbove(parent)];
}

function hasDefault(file: string): boolean {
  if (!isAbsolute(file)) return false;
  try {
    return /\bexport\s+default\b|\bexport\s*=|\bas\s+default\b/.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}
