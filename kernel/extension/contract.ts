import type { Formatter } from "../display/registry.js";

/** A name in the user's scope that costs nothing until a cell touches it. */
export interface LazyName {
  /** Loads the module whose exports (or whose default export, if it has one) become the value. */
  load: () => Promise<object>;
  /** Where the declarations are: a module that a TypeScript program could import. */
  types?: string;
  /** One sentence, shown by completion before anything is loaded. */
  doc?: string;
}

/** A data set that the catalogue knows by name. */
export interface Dataset {
  /** One sentence. */
  title: string;
  /** Where it comes from: a URL, a paper, or "generated". */
  source: string;
  licence: string;
  /** Its file's name in the data folder, where it has one; `dataFile` finds it. */
  file?: string;
  /** SHA-256 of the file, where there is one. */
  sha256?: string;
  load: (options?: never) => unknown;
}

/** What runs when a cell says `%name argument`, or `%%name argument` with the rest of it as body. */
export interface Magic {
  /** One sentence, shown by completion and by `%help`. */
  doc: string;
  /** What may stand after the name: `[off | warn | strict]`. */
  usage?: string;
  /** Words that completion offers as arguments. */
  values?: readonly string[];
  /** `line` for `%name`, `cell` for `%%name`, both when left out. */
  form?: "line" | "cell";
  run: (argument: string, body?: string) => unknown;
}

/** One folder of the toolkit, or a user's own file or package. */
export interface Extension {
  /** Unique; shown by `retro.extensions()`. */
  name: string;
  /** Dotted names; those of several extensions merge, two owners of one path are an error. */
  names?: Record<string, LazyName>;
  /** Asked before the built-in ones, the last registered first. `match` never loads a library. */
  formatters?: readonly Formatter[];
  /** A TypeScript type sharper than the declared one, or undefined. */
  describeType?: (value: unknown) => string | undefined;
  datasets?: Record<string, Dataset>;
  environments?: Record<string, () => Promise<object>>;
  magics?: Record<string, Magic>;
  /** Runs once when the extension is registered; may return an undo. */
  setup?: () => unknown;
}

/** States the whole of an extension; the type of what is given is kept. */
export function defineExtension<const E extends Extension>(extension: E): E {
  return extension;
}
