import type { Position } from "vscode-languageserver-types";
import type { CheckedText } from "./checked-text.js";
import { Compiler } from "./compiler.js";
import { configTime, readConfig } from "./config.js";
import { type Declarations, readDeclarations } from "./declarations.js";
import { Disk } from "./disk.js";
import { type Kept, KeptCells } from "./kept-cells.js";
import { Libraries, type LibraryName } from "./libraries.js";
import { Meanings, type View, wordsOf } from "./meanings.js";
import { specifiersOf } from "./specifiers.js";
import { Workspace } from "./workspace.js";

/** A text that is being typed, as the compiler has it. */
export interface Edited {
  compiler: Compiler;
  path: string;
  /** The compiler's place of an offset in UTF-16 units. */
  position: (offset: number) => Position;
}

/** A cell that the compiler has in a module. */
export interface Prepared {
  module: number;
  prelude: string;
  declarations: Declarations;
  /** Modules that its prelude names. */
  needs: Set<number>;
  text: string;
}

const GLOBALS =
  "display live progress prompt confirm password In Out _ __ ___ defineExtension".split(" ");
/** The module of the text that is being typed. */
const TYPED = 0;
/** Free modules that there should be, and how long nothing happens before more are made. */
const ROOM = 16;
const QUIET_MS = 300;
export const MOST_LENGTH = 1_000_000;

/**
 * The cells of a notebook as modules that a compiler has: each sees the latest meaning of every earlier
 * name, and is there as long as a name or another module needs it.
 */
export class CellModules {
  private compiler: Compiler | undefined;
  protected readonly meanings = new Meanings();
  protected readonly libraries: Libraries;
  protected readonly workspace: Workspace;
  protected readonly kept = new KeptCells();
  private readonly declarations = new WeakMap<CheckedText, Declarations>();
  /** Cells that ran while there was no compiler. */
  private unseen: CheckedText[] = [];
  private readonly disk: Disk;
  /** What texts have imported so far. */
  private readonly read = new Set<string>();
  private configured = "";
  private growing: NodeJS.Timeout | undefined;
  private readonly complained = new Set<string>();

  /**
   * @param folder the notebook's
   * @param start makes a compiler; tests give it less patience
   */
  constructor(
    protected readonly folder: string,
    private readonly start = () => new Compiler(folder),
  ) {
    this.libraries = new Libraries(folder);
    this.workspace = new Workspace(folder, () => this.compiler, readConfig(folder));
    this.disk = new Disk(folder, () => this.workspace.config.paths);
    this.forget();
  }

  get isRunning(): boolean {
    return this.compiler !== undefined && !this.compiler.isLost;
  }

  /** The process that checks, for who measures it. */
  get pid(): number | undefined {
    return this.compiler?.pid;
  }

  /** What extensions offer; the compiler loads it when a cell says its name. */
  offer(names: readonly LibraryName[]): void {
    this.libraries.offer(names);
  }

  /** Starts the compiler ahead of the first question. */
  async warmUp(): Promise<void> {
    const compiler = this.running();
    await compiler.diagnostics(this.workspace.path(TYPED));
    this.growSoon();
  }

  /** In the place of a cell that nobody could check: it declares the same names, as anything. */
  unread(cell: CheckedText): CheckedText {
    const { text, declared } = cell;
    const values = declared.map((name) => `declare let ${name}: any;`);
    const isShort = text.length <= MOST_LENGTH;
    const all = isShort ? this.declarationsOf(cell).declared : [];
    const types = all
      .filter(({ isType }) => isType)
      .map(({ name }) => `type ${name}<A = any, B = any, C = any, D = any, E = any> = any;`);
    return { text: [...values, ...types].join("\n"), declared };
  }

  /** What is wrong with the folder's tsconfig.json, each said once. */
  complaints(): string[] {
    const { complaint } = this.workspace.config;
    const all = [...(complaint ? [complaint] : []), ...(this.compiler?.complaints ?? [])];
    const news = all.filter((text) => !this.complained.has(text));
    for (const text of news) this.complained.add(text);
    return news;
  }

  /** Takes a cell in that runs: the next ones see what it declares. Its module, if it needs one. */
  commit(cell: CheckedText): number | undefined {
    if (!this.isRunning) {
      this.unseen.push(cell);
      return undefined;
    }
    if (cell.text.length > MOST_LENGTH) return this.commit(this.unread(cell));
    // Values sharpen the types of a cell that reads them, not of what it makes of them: that has values.
    const { module, prelude, declarations, needs } = this.prepare(cell, "open");
    const { declared, augmentations } = declarations;
    if (declared.length === 0 && augmentations.length === 0) return undefined;
    for (const [other, replaced] of this.kept.augmentedBefore(declarations)) {
      this.kept.set(other, replaced);
    }
    this.kept.set(module, { cell, needs, prelude, declarations });
    this.compiler?.takeIn(this.workspace.path(module));
    for (const { name, ...rest } of declared) {
      this.meanings.declare(name, { ...rest, path: `c${module}.${name}`, module });
    }
    this.kept.sweep(this.meanings.modules());
    this.growSoon();
    return module;
  }

  /** Whether a name means something to the cells that follow. */
  knows(name: string): boolean {
    return this.meanings.get(name) !== undefined || this.libraries.roots().has(name);
  }

  /** The cell whose declarations are in a module. */
  cellIn(module: number): CheckedText | undefined {
    return this.kept.get(module)?.cell;
  }

  /**
   * Shows the compiler a text that is being typed, and where an offset in it lies.
   *
   * @param prefix names that begin so are known to it though the text does not have them
   */
  edit(text: string, prefix = ""): Edited {
    this.running();
    const cell: CheckedText = { text, declared: [] };
    this.refresh(text);
    this.load(text);
    const compiler = this.running();
    const names = prefix === "" ? [] : this.meanings.beginningWith(prefix);
    const offered = prefix === "" ? [] : this.libraries.roots();
    const words = [...names, ...[...offered].filter((name) => name.startsWith(prefix))];
    const { prelude } = this.preludeOf(cell, "refined", words);
    this.workspace.write(TYPED, prelude, text);
    return {
      compiler,
      path: this.workspace.path(TYPED),
      position: (offset) => {
        const before = text.slice(0, offset).split("\n");
        return { line: before.length, character: (before.at(-1) as string).length };
      },
    };
  }

  /** Packages that cells may import without installing them. */
  ownPackages(): string[] {
    return this.libraries.ownPackages();
  }

  /** The text of a module that a path names, its line of declarations empty. */
  textOf(path: string): string | undefined {
    return this.workspace.textOf(path);
  }

  /** Names whose values could tell more than their declarations do. */
  refinable(names: Iterable<string>): string[] {
    return [...names].filter((name) => {
      const meaning = this.meanings.get(name);
      return meaning !== undefined && !meaning.isType && !meaning.annotated;
    });
  }

  /** The types that values turned out to have, by name. */
  refine(types: Readonly<Record<string, string | null>>): void {
    for (const name of this.refinable(Object.keys(types))) {
      const meaning = this.meanings.get(name);
      if (!meaning) continue;
      const { refined: _, ...rest } = meaning;
      const refined = types[name];
      this.meanings.set(name, refined ? { ...rest, refined } : rest);
    }
  }

  /** Every name is new again, but for what each notebook has. */
  forget(): void {
    this.meanings.clear();
    for (const [module] of this.kept.augmenting()) this.workspace.empty(module);
    this.kept.clear();
    this.unseen = [];
    for (const name of GLOBALS) {
      const kind = name.startsWith("_") ? "let" : "const";
      this.meanings.set(name, { kind, isType: false, annotated: true, path: `kernel.${name}` });
    }
  }

  /** A new compiler in the place of one that is lost, or that has read what is no longer so. */
  restart(): void {
    this.stop();
    this.running();
  }

  stop(): void {
    clearTimeout(this.growing);
    this.compiler?.stop();
    this.compiler = undefined;
  }

  protected running(): Compiler {
    if (this.compiler && !this.compiler.isLost) return this.compiler;
    this.compiler = undefined;
    this.compiler = this.start();
    this.workspace.config = readConfig(this.folder);
    this.configured = configTime(this.workspace.config);
    this.workspace.empty(TYPED);
    this.workspace.restore(this.libraries.all, this.libraries.packages);
    for (const cell of this.unseen.splice(0)) this.commit(cell);
    return this.compiler;
  }

  /** Writes a cell into a free module. */
  protected prepare(cell: CheckedText, view: View, more: readonly string[] = []): Prepared {
    this.load(cell.text);
    const module = this.freeModule();
    const { prelude, declarations, needs } = this.preludeOf(cell, view, more);
    for (const [other, kept] of this.kept.augmentedBefore(declarations)) this.write(other, kept);
    this.write(module, { cell, prelude, declarations });
    return { module, prelude, declarations, needs, text: cell.text };
  }

  private write(module: number, { cell, prelude, declarations }: Omit<Kept, "needs">): void {
    const body = `${cell.text}\n${exportsOf(declarations)}`;
    this.workspace.write(module, prelude + (cell.before ?? ""), body);
  }

  /** Has the compiler read again what changed on the disk since it read it; true if there was any. */
  protected refresh(text: string): boolean {
    const { workspace, disk, libraries } = this;
    if (disk.packagesChanged()) {
      libraries.reread();
      this.restart();
      return true;
    }
    const changed = disk.changes(specifiersOf(text));
    if (changed.length > 0) this.compiler?.changedOnDisk(changed);
    if (configTime(workspace.config) === this.configured) return changed.length > 0;
    this.compiler?.changedOnDisk(workspace.config.files.slice(1));
    workspace.config = readConfig(this.folder);
    this.configured = configTime(workspace.config);
    this.complained.clear();
    workspace.configure();
    return true;
  }

  /** Has the compiler load what a text names. */
  private load(text: string): void {
    const { libraries, workspace } = this;
    const specifiers = specifiersOf(text);
    if (libraries.touch(specifiers, wordsOf(text))) {
      workspace.load(libraries.all, libraries.packages);
    }
    const unread = specifiers.filter((specifier) => !this.read.has(specifier));
    if (unread.length > 0) this.compiler?.expectReading();
    for (const specifier of unread) this.read.add(specifier);
  }

  /** A cell is asked for what it declares when it is checked, when it runs, and in between. */
  private declarationsOf(cell: CheckedText): Declarations {
    const known = this.declarations.get(cell) ?? readDeclarations(cell.text, cell.declared);
    this.declarations.set(cell, known);
    return known;
  }

  protected preludeOf(cell: CheckedText, view: View, more: readonly string[] = []) {
    const { meanings } = this;
    const declarations = this.declarationsOf(cell);
    const own = new Map(declarations.declared.map((one) => [one.name, one]));
    const words = new Set([...wordsOf(cell.text), ...more]);
    // What a cell exports cannot be declared beside it.
    for (const name of declarations.exported) if (own.has(name)) words.delete(name);
    const viewOf = (name: string) => (declarations.assigned.has(name) ? "declared" : view);
    const taken = (name: string) => own.has(name) || meanings.get(name) !== undefined;
    const known = meanings.prelude(words, own, viewOf);
    const prelude = `${known.prelude} ${this.libraries.prelude(words, taken)}`;
    return { prelude, declarations, needs: known.needs };
  }

  /** Makes room before it is needed, when no cell is likely to wait for it. */
  private growSoon(): void {
    clearTimeout(this.growing);
    if (this.workspace.size - this.kept.size > ROOM) return;
    this.growing = setTimeout(() => this.workspace.grow(), QUIET_MS).unref();
  }

  private freeModule(): number {
    for (let module = TYPED + 1; ; module++) {
      if (module >= this.workspace.size) this.workspace.grow();
      if (!this.kept.has(module)) return module;
    }
  }
}

function exportsOf({ declared, exported }: Declarations): string {
  const names = declared.map(({ name }) => name).filter((name) => !exported.has(name));
  return `export { ${names.join(", ")} };`;
}
