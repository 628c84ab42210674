import { join } from "node:path";
import type { Compiler } from "./compiler.js";
import { configText, type FolderConfig } from "./config.js";
import type { Library } from "./libraries.js";
import { REFINED } from "./refined.js";

/** Modules at the start: each takes the compiler some milliseconds, and the first cell waits for it. */
const FIRST = 8;
/** Modules that are opened at once later. */
const CHUNK = 64;
const EMPTY = "export {};";

/** Every module sees the others, and what all notebooks have, through one that never changes its shape. */
const SCOPE = `import * as __retro__ from "./.retro-scope.ts";`;

/**
 * The files that the compiler sees in a notebook's folder; none of them is ever on the disk.
 *
 * A program whose imports stay the same is checked anew in a few milliseconds, one that gets a new
 * file takes ten times as long: so there are always empty modules for the next cells.
 */
export class Workspace {
  private texts: string[] = [];
  private opened = 0;
  private libraries: readonly Library[] = [];
  private packages: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly folder: string,
    /** Undefined while there is none: the next one is handed all by `restore`. */
    private readonly compiler: () => Compiler | undefined,
    public config: FolderConfig,
  ) {}

  path(module: number): string {
    return join(this.folder, `.retro-cell-${module}.ts`);
  }

  /** The module that a path names, if it is one of these. */
  moduleOf(path: string): number | undefined {
    const module = /\.retro-cell-(\d+)\.ts$/.exec(path)?.[1];
    return module === undefined ? undefined : Number(module);
  }

  /** Modules there are room for. */
  get size(): number {
    return this.texts.length;
  }

  /** The text of a module, the prelude being its first line. */
  write(module: number, prelude: string, body: string): void {
    const text = `${SCOPE} ${prelude}\n${body}`;
    if (this.texts[module] === text) return;
    this.texts[module] = text;
    if (module < this.opened) this.compiler()?.write(this.path(module), text);
  }

  /** The text that a path has here; undefined for files that are none of these. */
  textOf(path: string): string | undefined {
    const module = this.moduleOf(path);
    return module === undefined ? undefined : this.texts[module];
  }

  /** Takes out what a module adds to all others. */
  empty(module: number): void {
    this.write(module, "", EMPTY);
  }

  /** Makes room for more modules. */
  grow(): void {
    this.extend(CHUNK);
    this.open();
    this.list();
  }

  /** Has the compiler load what the cells need beside each other. */
  load(libraries: readonly Library[], packages: ReadonlyMap<string, string>): void {
    this.libraries = [...libraries];
    this.packages = packages;
    this.configure();
  }

  /** Hands all there is to a new compiler. */
  restore(libraries: readonly Library[], packages: ReadonlyMap<string, string>): void {
    this.libraries = [...libraries];
    this.packages = packages;
    this.extend(FIRST - this.size);
    this.opened = 0;
    // Without a library to load, a file is opened in a third of the time. What is not listed becomes a
    // project of its own, with the browser's library, which is quicker for many files alone.
    const files = this.files().slice(0, this.size > FIRST ? 3 : undefined);
    const nothing = { compilerOptions: { noLib: true, types: [], resolveJsonModule: true }, files };
    this.compiler()?.write(join(this.folder, "tsconfig.json"), JSON.stringify(nothing));
    this.open();
    this.configure();
  }

  private extend(modules: number): void {
    for (let n = 0; n < modules; n++) this.texts.push(`${SCOPE}\n${EMPTY}`);
  }

  private open(): void {
    const compiler = this.compiler();
    if (!compiler) return;
    for (; this.opened < this.texts.length; this.opened++) {
      compiler.write(this.path(this.opened), this.texts[this.opened] as string);
    }
  }

  /** Has the compiler read all that the folder's configuration names. */
  configure(): void {
    this.compiler()?.expectReading();
    this.list();
  }

  private list(): void {
    const { config, folder } = this;
    const compiler = this.compiler();
    if (!compiler) return;
    if (config.text !== undefined) compiler.write(join(folder, ".retro-own.json"), config.text);
    compiler.write(join(folder, ".retro-scope.ts"), this.scope());
    const text = configText(config, this.files(), ".retro-own.json", this.packages);
    compiler.write(join(folder, "tsconfig.json"), text);
  }

  private files(): string[] {
    const own = this.config.text === undefined ? [] : [".retro-own.json"];
    const cells = this.texts.map((_, module) => `.retro-cell-${module}.ts`);
    return ["tsconfig.json", ".retro-scope.ts", ...own, ...cells];
  }

  private scope(): string {
    const { node } = this.config;
    return [
      ...(node === undefined ? [] : [`/// <reference path=${JSON.stringify(node)} />`]),
      ...this.libraries.map(
        ({ alias, from }) => `export * as ${alias} from ${JSON.stringify(from)};`,
      ),
      ...this.texts.map((_, module) => `export * as c${module} from "./.retro-cell-${module}.ts";`),
      REFINED,
    ].join("\n");
  }
}
