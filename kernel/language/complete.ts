import type { SnapshotEntry } from "../runtime/snapshot.js";
import { allMembers, entryOf, iconOf, type KnownName } from "./known.js";
import { matching } from "./matching.js";
import { readCursor } from "./member-path.js";

/** Completions; offsets are UTF-16 units. */
export interface Completions {
  matches: string[];
  /** The matches replace the text from `start` to `end`. */
  start: number;
  end: number;
  types: { text: string; type: string; signature?: string; start: number; end: number }[];
}

type Candidate = [text: string, type: string];

const KEYWORDS =
  "abstract any as async await bigint boolean break case catch class const continue debugger declare default delete do else enum export extends false finally for from function if implements import in infer instanceof interface is keyof let namespace never new null number object of readonly return satisfies static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield";

const keywords = KEYWORDS.split(" ").map((word): Candidate => [word, "keyword"]);

/**
 * Completes a name, a member or a key before a cursor, from what is known of the user's values.
 *
 * @param cursor in UTF-16 units
 * @param names what extensions offer, loaded or not
 */
export function complete(
  code: string,
  cursor: number,
  snapshot: ReadonlyMap<string, SnapshotEntry>,
  names: readonly KnownName[],
): Completions {
  const at = readCursor(code.slice(0, cursor));
  if (!at) return { matches: [], start: cursor, end: cursor, types: [] };
  const { start, prefix } = at;
  const rest = code.slice(cursor);
  const tail =
    at.kind === "key"
      ? new RegExp(`^[^${at.quote}\\r\\n]*(?=${at.quote})`)
      : /^[\p{ID_Continue}$]*/u;
  const end =
    cursor + (prefix === "" && at.kind !== "key" ? 0 : (tail.exec(rest)?.[0].length ?? 0));

  let candidates: Candidate[];
  if (at.kind === "name") candidates = [...globals(snapshot, names), ...keywords];
  else if (at.kind === "literal") candidates = members({ type: "", preview: "", builtin: at.of });
  else {
    const entry = entryOf(at.path, snapshot);
    candidates = [...lazyMembers(at.path, names), ...(entry ? members(entry) : [])];
  }
  if (at.kind === "key")
    candidates = candidates.map(([text, type]) => [escaped(text, at.quote), type]);
  else
    candidates = candidates.filter(([text]) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text));

  const found = new Map(matching(candidates, prefix, ([text]) => text).reverse());
  const texts = [...found.keys()].reverse();
  return {
    matches: texts,
    start,
    end,
    types: texts.map((text) => ({ text, type: found.get(text) as string, start, end })),
  };
}

function members(entry: SnapshotEntry): Candidate[] {
  return allMembers(entry).map(([name, member]) => [name, iconOf(member)]);
}

/** The next segments of dotted names: `models` of `retro.models.rl` after `retro.`. */
function lazyMembers(path: readonly string[], names: readonly KnownName[]): Candidate[] {
  const start = `${path.join(".")}.`;
  return names
    .filter(({ name }) => name.startsWith(start))
    .map(({ name }) => [name.slice(start.length).split(".")[0] as string, "module"]);
}

function globals(
  snapshot: ReadonlyMap<string, SnapshotEntry>,
  names: readonly KnownName[],
): Candidate[] {
  return [
    ...[...snapshot].map(([name, entry]): Candidate => [name, iconOf(entry)]),
    ...names.map(({ name }): Candidate => [name.split(".")[0] as string, "module"]),
    ...Object.getOwnPropertyNames(globalThis).map((name): Candidate => {
      const value = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
      return [name, typeof value === "function" ? "function" : "instance"];
    }),
  ];
}

function escaped(key: string, quote: string): string {
  const text = JSON.stringify(key).slice(1, -1);
  return quote === '"' ? text : text.replaceAll('\\"', '"').replaceAll("'", "\\'");
}
