import type { Declaration } from "./declarations.js";

/** Where something is declared. */
interface Origin {
  /** The path within the scope module: `c3.rows`. */
  path: string;
  /** The module of the cell; undefined for what every notebook has. */
  module?: number;
}

/** Where a name got its latest meaning. */
export interface Meaning extends Omit<Declaration, "name">, Origin {
  /** Where it got its meaning as a type, when that is another cell. */
  type?: Origin;
  /** The type that its value turned out to have. */
  refined?: string;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** All words of a text that could be names. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(WORD));
}

/** What the names of a notebook mean to its next cell. */
export class Meanings {
  private readonly known = new Map<string, Meaning>();

  set(name: string, meaning: Meaning): void {
    this.known.set(name, meaning);
  }

  /** Sets what a cell declares: its types leave values alone, its values types that have none. */
  declare(name: string, meaning: Meaning): void {
    const before = this.known.get(name);
    if (before && before.kind !== "type" && meaning.kind === "type") {
      const { path, module } = meaning;
      this.known.set(name, {
        ...before,
        type: { path, ...(module === undefined ? {} : { module }) },
      });
      return;
    }
    const type = before?.kind === "type" ? before : before?.type;
    this.known.set(name, { ...meaning, ...(type && !meaning.isType ? { type } : {}) });
  }

  get(name: string): Meaning | undefined {
    return this.known.get(name);
  }

  beginningWith(prefix: string): string[] {
    return [...this.known.keys()].filter((name) => name.startsWith(prefix));
  }

  clear(): void {
    this.known.clear();
  }

  /** The modules in which names have their latest meaning. */
  modules(names: Iterable<string> = this.known.keys()): Set<number> {
    const all = new Set<number>();
    for (const name of names) {
      const meaning = this.known.get(name);
      for (const module of [meaning?.module, meaning?.type?.module]) {
        if (module !== undefined) all.add(module);
      }
    }
    return all;
  }

  /** Known names among the words of a text, but for those that it gives every meaning itself. */
  usedBy(words: ReadonlySet<string>, own: ReadonlyMap<string, Declaration>): string[] {
    const isWhole = (one?: Declaration) => one?.isType && one.kind !== "type";
    return [...words].filter((word) => this.known.has(word) && !isWhole(own.get(word)));
  }

  /**
   * Declarations of names as the first line of a cell's module. A variable can be assigned to, all
   * else is an alias, with every meaning of the name and its documentation.
   *
   * @param own what the cell declares: a type or a value keeps the other meaning that its name had
   * @param plain names to be left as they were declared, whatever their values turned out to be
   */
  prelude(
    names: readonly string[],
    own: ReadonlyMap<string, Declaration>,
    plain: (name: string) => boolean,
  ): string {
    return names.map((name) => this.line(name, own.get(name), plain(name))).join(" ");
  }

  private line(name: string, own: Declaration | undefined, isPlain: boolean): string {
    const meaning = this.known.get(name) as Meaning;
    const { kind, path, refined, isType } = meaning;
    const type = kind === "type" ? meaning : meaning.type;
    const alias = type && own?.kind !== "type" ? `import ${name} = __retro__.${type.path};` : "";
    if (kind === "type" || (own && own.kind !== "type")) return alias;
    const isWhole = !own && !type && (kind !== "let" || isType);
    const isRefined = refined !== undefined && !isPlain;
    if (isWhole && !isRefined) return `import ${name} = __retro__.${path};`;
    const seen = isRefined ? refined.replace(/\s*\n\s*/g, " ") : undefined;
    const value = seen
      ? `__retro__.Refined<typeof __retro__.${path}, ${seen}>`
      : `typeof __retro__.${path}`;
    return `declare ${kind === "let" ? "let" : "const"} ${name}: ${value};${alias}`;
  }
}
