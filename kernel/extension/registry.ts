import { registerFormatter } from "../display/registry.js";
import type { Dataset, Extension, LazyName, Magic } from "./contract.js";
import { didYouMean, InputError } from "./input-error.js";

/** What `retro.extensions()` tells of one extension. */
export interface ExtensionState {
  name: string;
  /** "built in", or the file or package it came from. */
  from: string;
  names: string[];
  loaded: string[];
  /** Milliseconds its registration and the loading of what was touched took. */
  ms: number;
}

interface Entry {
  state: ExtensionState;
  extension: Extension;
  undo: (() => void)[];
}

interface Owned extends LazyName {
  path: string;
  entry: Entry;
  /** Puts the value in the name's place, unless the user put another there. */
  settle?: (value: unknown) => void;
  loading?: Promise<unknown>;
}

type Scope = Record<string, unknown>;

/** All extensions of a kernel: who owns which name, and what was loaded so far. */
export class ExtensionRegistry {
  private readonly entries = new Map<string, Entry>();
  private readonly owned = new Map<string, Owned>();

  /** `scope` is where the names appear, the user's globals; `own` are the magics of the kernel. */
  constructor(
    private readonly scope: Scope,
    private readonly own: Readonly<Record<string, Magic>> = {},
  ) {}

  /**
   * Registers an extension; nothing of it is loaded before a cell touches a name. `ms` is what it
   * took so far. One that fails leaves nothing behind.
   */
  async add(extension: Extension, from: string, ms = 0): Promise<void> {
    const start = performance.now();
    const entry: Entry = {
      extension,
      state: {
        name: extension.name,
        from,
        names: Object.keys(extension.names ?? {}),
        loaded: [],
        ms,
      },
      undo: [],
    };
    this.refuseClashes(entry);
    this.entries.set(extension.name, entry);
    try {
      for (const [path, lazy] of Object.entries(extension.names ?? {})) {
        if (typeof lazy?.load !== "function") {
          throw new InputError(
            `names: ${path} needs a function load, as in () => import("./x.js")`,
          );
        }
        const owned: Owned = { ...lazy, path, entry };
        this.owned.set(path, owned);
        this.define(owned);
      }
      for (const formatter of extension.formatters ?? []) {
        entry.undo.push(registerFormatter(formatter));
      }
      const undo = await extension.setup?.();
      if (typeof undo === "function") entry.undo.push(undo as () => void);
    } catch (error) {
      this.remove(extension.name);
      throw error;
    }
    entry.state.ms += performance.now() - start;
  }

  /** Takes an extension out again: its names, its formatters, and what its setup did. */
  remove(name: string): void {
    const entry = this.entries.get(name);
    if (!entry) return;
    for (const undo of entry.undo.reverse()) undo();
    for (const [path, owned] of this.owned) {
      if (owned.entry !== entry) continue;
      this.owned.delete(path);
      const { holder, leaf } = this.place(path);
      delete holder[leaf];
    }
    this.entries.delete(name);
  }

  /** Loads the names that some member chains of a cell touch: `retro.models.gan.Generator`, `vl`. */
  async touch(chains: readonly string[]): Promise<void> {
    await Promise.all(this.touched(chains).map((path) => this.load(this.owned.get(path) as Owned)));
  }

  /** The names that member chains touch, what lies below a chain included. */
  touched(chains: readonly string[]): string[] {
    return [...this.owned.keys()].filter((path) =>
      chains.some(
        (chain) => chain === path || chain.startsWith(`${path}.`) || path.startsWith(`${chain}.`),
      ),
    );
  }

  /** The names there are, loaded or not. */
  names(): { name: string; doc?: string; types?: string }[] {
    return [...this.owned.values()].map(({ path, doc, types }) => ({
      name: path,
      ...(doc === undefined ? {} : { doc }),
      ...(types === undefined ? {} : { types }),
    }));
  }

  states(): ExtensionState[] {
    return [...this.entries.values()].map(({ state }) => ({ ...state }));
  }

  /** The first type that an extension gives for a value. */
  describeType(value: unknown): string | undefined {
    for (const { extension } of this.entries.values()) {
      const type = extension.describeType?.(value);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  /** The kernel's magics, then those of extensions. */
  magics(): Record<string, Magic> {
    return Object.assign(
      {},
      this.own,
      ...[...this.entries.values()].map((e) => e.extension.magics),
    );
  }

  /**
   * What `%name` runs, or `%%name` as the form "cell".
   *
   * @throws InputError when there is none, or none of that form
   */
  magic(name: string, form: "line" | "cell" = "line"): Magic {
    const all = this.magics();
    const mark = form === "line" ? "%" : "%%";
    if (!Object.hasOwn(all, name)) {
      const known = Object.keys(all);
      throw new InputError(
        `there is no magic ${mark}${name}${didYouMean(name, known)}; known: ${known.join(", ") || "none"}`,
      );
    }
    const magic = all[name] as Magic;
    if (magic.form !== undefined && magic.form !== form) {
      throw new InputError(
        magic.form === "line"
          ? `%%${name} takes no cell: write %${name} in a line of its own`
          : `%${name} takes a cell: write %%${name} in its first line, and the text under it`,
      );
    }
    return magic;
  }

  datasets(): Record<string, Dataset> {
    return Object.assign({}, ...[...this.entries.values()].map((e) => e.extension.datasets));
  }

  private refuseClashes({ extension }: Entry): void {
    if (this.entries.has(extension.name)) {
      const other = this.entries.get(extension.name) as Entry;
      throw new InputError(
        `two extensions are named "${extension.name}": ${other.state.from}, and this one`,
      );
    }
    const parts = ["datasets", "environments", "magics"] as const;
    for (const other of this.entries.values()) {
      const both = (name: string, kind: string) =>
        new InputError(
          `${kind} "${name}" is claimed by the extensions "${other.extension.name}" and "${extension.name}"`,
        );
      for (const mine of Object.keys(extension.names ?? {})) {
        for (const theirs of other.state.names) {
          if (mine === theirs || mine.startsWith(`${theirs}.`) || theirs.startsWith(`${mine}.`)) {
            throw both(mine, "the name");
          }
        }
      }
      for (const part of parts) {
        for (const name of Object.keys(extension[part] ?? {})) {
          if (Object.hasOwn(other.extension[part] ?? {}, name)) {
            throw both(name, `the ${part.slice(0, -1)}`);
          }
        }
      }
    }
    const byKernel = (name: string, kind: string) =>
      new InputError(
        `${kind} "${name}" is claimed by the kernel and the extension "${extension.name}"`,
      );
    for (const name of Object.keys(extension.names ?? {})) {
      if (this.isTaken(name)) throw byKernel(name, "the name");
    }
    for (const name of Object.keys(extension.magics ?? {})) {
      if (Object.hasOwn(this.own, name)) throw byKernel(name, "the magic");
    }
  }

  /** Whether something that no extension brought has the name, or stands in its way. */
  private isTaken(path: string): boolean {
    let holder: unknown = this.scope;
    const steps = path.split(".");
    for (const step of steps.slice(0, -1)) {
      if (!Object.hasOwn(holder as object, step)) return step in (holder as object);
      holder = (holder as Scope)[step];
      if (typeof holder !== "object" || holder === null) return true;
    }
    return (steps.at(-1) as string) in (holder as object);
  }

  private async load(owned: Owned): Promise<void> {
    owned.loading ??= (async () => {
      const start = performance.now();
      const module = (await owned.load()) as Scope;
      owned.entry.state.loaded.push(owned.path);
      owned.entry.state.ms += performance.now() - start;
      return "default" in module ? module.default : module;
    })().catch((error) => {
      delete owned.loading;
      throw new Error(`${owned.path} could not be loaded`, { cause: error });
    });
    // Each time: `%reset` may have put the unloaded name back.
    owned.settle?.(await owned.loading);
  }

  private define(owned: Owned): void {
    const { holder, leaf } = this.place(owned.path);
    const shared = { configurable: true, enumerable: true };
    const get = () => {
      throw new Error(`${owned.path} is not loaded yet: write its whole name once in a cell`);
    };
    const set = (value: unknown) =>
      void Object.defineProperty(holder, leaf, { ...shared, writable: true, value });
    Object.defineProperty(holder, leaf, { ...shared, get, set });
    owned.settle = (value) => {
      if (Object.getOwnPropertyDescriptor(holder, leaf)?.get === get) set(value);
    };
  }

  private place(path: string): { holder: Scope; leaf: string } {
    const steps = path.split(".");
    const leaf = steps.pop() as string;
    let holder = this.scope;
    for (const step of steps) {
      holder[step] ??= {};
      holder = holder[step] as Scope;
    }
    return { holder, leaf };
  }
}
