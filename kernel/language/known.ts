import { describe, type SnapshotEntry } from "../runtime/snapshot.js";

/** A name that an extension offers, loaded or not: `retro.models.rl`. */
export interface KnownName {
  name: string;
  doc?: string;
}

type Members = Record<string, SnapshotEntry | null>;

/**
 * What a path such as `["Math", "max"]` holds: the user's value first, then the built-in one of
 * this thread, which has the same built-ins as the user's. Names of extensions, `retro.models.rl`,
 * are in the snapshot by themselves: from `retro` on they would be too deep.
 */
export function entryOf(
  path: readonly string[],
  snapshot: ReadonlyMap<string, SnapshotEntry>,
): SnapshotEntry | undefined {
  const [root] = path;
  if (root === undefined) return undefined;
  let known = path.length;
  while (known > 1 && !snapshot.has(path.slice(0, known).join("."))) known--;
  let entry = snapshot.get(path.slice(0, known).join(".")) ?? builtinGlobal(root);
  for (const key of path.slice(known)) {
    if (!entry) return undefined;
    const member: SnapshotEntry | null | undefined = allMembers(entry).find(
      ([name]) => name === key,
    )?.[1];
    entry = member ?? undefined;
  }
  return entry;
}

/** Every member of a value, its own first, what all objects have last; null where unknown. */
export function allMembers(entry: SnapshotEntry): [name: string, member: SnapshotEntry | null][] {
  const all: Members[] = [entry.members ?? {}, entry.inherited ?? {}];
  if (entry.builtin !== undefined) all.push(...prototypeMembers(entry.builtin));
  if (entry.type.startsWith("class ") || entry.type.endsWith("function")) {
    all.push(...prototypeMembers("Function"));
  }
  const seen = new Map<string, SnapshotEntry | null>();
  for (const members of all) {
    for (const [name, member] of Object.entries(members)) {
      if (!seen.has(name)) seen.set(name, member);
    }
  }
  return [...seen];
}

const described = new Map<string, Members[]>();

/** Members of a built-in class's prototype and of those it inherits from. */
function prototypeMembers(name: string): Members[] {
  const known = described.get(name);
  if (known) return known;
  const result: Members[] = [];
  const owner = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
  let prototype: object | null = owner?.prototype ?? null;
  for (; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const members: Members = {};
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (key === "constructor" || key.startsWith("__")) continue;
      members[key] = "value" in property ? describe(property.value) : null;
    }
    result.push(members);
  }
  described.set(name, result);
  return result;
}

/** A global that Node itself defines. */
function builtinGlobal(name: string): SnapshotEntry | undefined {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  // Reading localStorage prints a warning where it is not set up.
  if (!property || name.endsWith("Storage")) return undefined;
  return describe(property.get ? Reflect.get(globalThis, name) : property.value);
}

/** The word that front ends choose an icon by. */
export function iconOf(entry: SnapshotEntry | null): string {
  if (!entry) return "property";
  if (entry.type.startsWith("class")) return "class";
  if (entry.type.endsWith("function")) return "function";
  return entry.type === "module" ? "module" : "instance";
}
