import { bound, type Node } from "./syntax.js";

/** A statement that adds to what every cell sees: `declare global`, `declare module "x"`. */
export interface Augmentation {
  /** Where it stands in its cell. */
  start: number;
  end: number;
  /** What it adds, a member of an interface by itself: `global Array.middle`. */
  adds: string[];
}

/** Reads the declaration of a module that is not the cell's own. */
export function augmentation(node: Node): Augmentation {
  const { id, body, start, end } = node as unknown as { id: Node; body?: Node } & Augmentation;
  const of = node.global ? "global" : String(id.value);
  const statements = (body?.body ?? []) as Node[];
  return { start, end, adds: statements.flatMap(namesIn).map((name) => `${of} ${name}`) };
}

/** The text of a cell, blanked where it adds what others add anew. */
export function withoutReplaced(
  text: string,
  own: readonly Augmentation[],
  others: readonly Augmentation[],
): { text: string; left: Augmentation[] } {
  const anew = new Set(others.flatMap(({ adds }) => adds));
  const left = own.filter(({ adds }) => !adds.some((name) => anew.has(name)));
  let blanked = text;
  for (const one of own) {
    if (left.includes(one)) continue;
    const blank = text.slice(one.start, one.end).replace(/[^\r\n]/g, " ");
    blanked = blanked.slice(0, one.start) + blank + blanked.slice(one.end);
  }
  return { text: blanked, left };
}

function namesIn(statement: Node): string[] {
  const node = (statement.declaration ?? statement) as Node;
  if (node.type === "VariableDeclaration") {
    return (node.declarations as Node[]).flatMap(({ id }) => [...bound(id as Node)]);
  }
  const name = String((node.id as Node | undefined)?.name);
  if (node.type !== "TSInterfaceDeclaration") return [name];
  const members = (node.body as Node).body as Node[];
  return members.map((member) => {
    const key = member.key as Node | undefined;
    return `${name}.${key ? (key.name ?? key.value) : member.type}`;
  });
}
