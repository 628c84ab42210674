/** A node of a parsed cell, types included. */
export interface Node {
  type: string;
  [key: string]: unknown;
}

/** The names that a pattern binds or assigns. */
export function* bound(pattern: Node): Generator<string> {
  switch (pattern.type) {
    case "Identifier":
      yield pattern.name as string;
      return;
    case "RestElement":
      yield* bound(pattern.argument as Node);
      return;
    case "AssignmentPattern":
      yield* bound(pattern.left as Node);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements as (Node | null)[]) if (element) yield* bound(element);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties as Node[]) {
        yield* bound(property.type === "Property" ? (property.value as Node) : property);
      }
      return;
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      yield* bound(pattern.expression as Node);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof (value as Node | null)?.type === "string";
}
