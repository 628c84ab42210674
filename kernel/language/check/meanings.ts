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

/**
 * What names are to a cell: their types as declared, as refined by their values, or as if all rows of
 * a long table had been looked at; open, they are declared, and anything where nobody knows.
 */
export type View = "declared" | "refined" | "seen" | "open";

/** What is said of values in a table too long to be looked at in full. */
const UNSEEN = " | null | undefined";

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
   */
  prelude(
    words: Iterable<string>,
    own: ReadonlyMap<string, Declaration>,
    viewOf: (name: string) => View,
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
      const view = viewOf(name);
      lines.push(isWhole ? whole(name, value, view) : apart(name, value, type, view));
      addModules(needs, value, type);
    }
    return { prelude: lines.join(" "), needs };
  }
}

/** One declaration with every meaning of a name, where that can be. */
function whole(name: string, meaning: Meaning, view: View): string {
  const { kind, isType, refined, path } = meaning;
  const isAlias = (kind !== "let" || isType) && (view === "declared" || refined === undefined);
  return isAlias ? `import ${name} = __retro__.${path};` : variable(name, meaning, view);
}

/** The value and the type of a name, which come from different cells. */
function apart(name: string, value: Meaning | undefined, type: Origin | undefined, view: View) {
  const alias = type ? `import ${name} = __retro__.${type.path};` : "";
  return value ? `${variable(name, value, view)} ${alias}` : alias;
}

function variable(name: string, { kind, path, refined }: Meaning, view: View): string {
  const declared = `typeof __retro__.${path}`;
  const type = refined === undefined ? declared : seenAs(view, declared, refined);
  return `declare ${kind === "let" ? "let" : "const"} ${name}: ${type};`;
}

function seenAs(view: View, declared: string, refined: string): string {
  if (view === "declared") return declared;
  if (view === "open") return `__retro__.Open<${declared}>`;
  const seen = view === "seen" ? refined.replaceAll(UNSEEN, "") : refined;
  return `__retro__.Refined<${declared}, ${seen.replace(/\s*\n\s*/g, " ")}>`;
}

function addModules(all: Set<number>, ...origins: (Origin | undefined)[]): void {
  for (const origin of origins) if (origin?.module !== undefined) all.add(origin.module);
}
