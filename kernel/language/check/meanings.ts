import type { Declaration } from "./declarations.js";

/** Where a name got its latest meaning. */
export interface Meaning extends Omit<Declaration, "name"> {
  /** The path of its declaration within the scope module: `c3.rows`. */
  path: string;
  /** The module of the cell that declared it; undefined for what every notebook has. */
  module?: number;
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

  get(name: string): Meaning | undefined {
    return this.known.get(name);
  }

  beginningWith(prefix: string): string[] {
    return [...this.known.keys()].filter((name) => name.startsWith(prefix));
  }

  clear(): void {
    this.known.clear();
  }

  /** The modules in which some name has its latest meaning. */
  modules(): Set<number> {
    const all = new Set<number>();
    for (const { module } of this.known.values()) if (module !== undefined) all.add(module);
    return all;
  }

  /** Known names among the words of a text, but for those it declares itself. */
  usedBy(words: ReadonlySet<string>, declared: ReadonlySet<string>): string[] {
    return [...words].filter((word) => this.known.has(word) && !declared.has(word));
  }

  /**
   * Declarations of names as the first line of a cell's module. A variable can be assigned to, all
   * else is an alias, with every meaning of the name and its documentation.
   *
   * @param plain names to be left as they were declared, whatever their values turned out to be
   */
  prelude(names: readonly string[], plain: (name: string) => boolean): string {
    const lines = names.map((name) => {
      const { kind, path, refined } = this.known.get(name) as Meaning;
      const type = `typeof $.${path}`;
      if (refined !== undefined && !plain(name)) {
        return `declare ${kind === "let" ? "let" : "const"} ${name}: $.Refined<${type}, ${refined}>;`;
      }
      return kind === "let" ? `declare let ${name}: ${type};` : `import ${name} = $.${path};`;
    });
    return lines.join(" ");
  }
}
