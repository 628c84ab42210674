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

  /** The modules in which some name has its latest meaning. */
  modules(): Set<number> {
    const all = new Set<number>();
    for (const meaning of this.known.values()) addModules(all, meaning, meaning.type);
    return all;
  }

  /**
   * Declarations of the known among some words, for the first line of a cell's module, and the modules
   * that they name. A variable can be assigned to, all else is an alias, with every meaning of the
   * name and its documentation.
   *
   * @param own what the cell declares: a type or a value keeps the other meaning that its name had
   * @param plain names to be left as they were declared, whatever their values turned out to be
   */
  prelude(
    words: Iterable<string>,
    own: ReadonlyMap<string, Declaration>,
    plain: (name: string) => boolean,
  ): { prelude: string; needs: Set<number> } {
    const lines: string[] = [];
    const needs = new Set<number>();
    for (const name of words) {
      const meaning = this.known.get(name);
      if (!meaning) continue;
      const anew = own.get(name);
      const value =
        meaning.kind !== "type" && (!anew || anew.kind === "type") ? meaning : undefined;
      const earlier = meaning.kind === "type" ? meaning : meaning.type;
      const type = anew?.isType ? undefined : earlier;
      if (!value && !type) continue;
      const isWhole = !anew && !type && value !== undefined;
      lines.push(isWhole ? whole(name, value, plain(name)) : apart(name, value, type, plain(name)));
      addModules(needs, value, type);
    }
    return { prelude: lines.join(" "), needs };
  }
}

/** One declaration with every meaning of a name, where that can be. */
function whole(name: string, meaning: Meaning, isPlain: boolean): string {
  const { kind, isType, refined, path } = meaning;
  const isAlias = (kind !== "let" || isType) && (isPlain || refined === undefined);
  return isAlias ? `import ${name} = __retro__.${path};` : variable(name, meaning, isPlain);
}

/** The value and the type of a name, which come from different cells. */
function apart(
  name: string,
  value: Meaning | undefined,
  type: Origin | undefined,
  isPlain: boolean,
) {
  const alias = type ? `import ${name} = __retro__.${type.path};` : "";
  return value ? `${variable(name, value, isPlain)} ${alias}` : alias;
}

function variable(name: string, { kind, path, refined }: Meaning, isPlain: boolean): string {
  const declared = `typeof __retro__.${path}`;
  const seen = isPlain ? undefined : refined?.replace(/\s*\n\s*/g, " ");
  const type = seen === undefined ? declared : `__retro__.Refined<${declared}, ${seen}>`;
  return `declare ${kind === "let" ? "let" : "const"} ${name}: ${type};`;
}

function addModules(all: Set<number>, ...origins: (Origin | undefined)[]): void {
  for (const origin of origins) if (origin?.module !== undefined) all.add(origin.module);
}
