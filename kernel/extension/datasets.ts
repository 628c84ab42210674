import type { Dataset } from "./contract.js";
import { dataFile } from "./data-folder.js";
import { didYouMean, InputError } from "./input-error.js";

/**
 * Loads a data set by name; an unknown name is an InputError with the nearest.
 *
 * Each data set merges its own signatures in, so that options and result have their exact types.
 *
 * @example
 * declare module "retro-kernel" {
 *   interface LoadDataset {
 *     (name: "orders", options?: { year: number }): Promise<Order[]>;
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: data sets fill it; an alias would merge with nothing.
export interface LoadDataset {}

/** The data sets that extensions bring. */
export interface Datasets {
  load: LoadDataset;
  /** Name, title, source and licence of each. */
  list(): { name: string; title: string; source: string; licence: string }[];
  /** The path of a file that `retro data add` brought; an unknown name is an InputError with the nearest. */
  file(name: string): string;
}

/** `all` is asked at every call, because extensions come and go. */
export function datasetsOf(all: () => Readonly<Record<string, Dataset>>): Datasets {
  const load = (name: string, options?: object): unknown => {
    const known = all();
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known);
      throw new InputError(
        `there is no data set ${JSON.stringify(name)}${didYouMean(String(name), names)}; known: ${names.join(", ")}`,
      );
    }
    return (known[name] as { load: (options?: object) => unknown }).load(options);
  };
  return {
    load: load as LoadDataset,
    list: () =>
      Object.entries(all()).map(([name, { title, source, licence }]) => ({
        name,
        title,
        source,
        licence,
      })),
    file: dataFile,
  };
}
