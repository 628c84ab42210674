import type { AnyNode, Expression, Program } from "acorn";

// The shapes that esbuild gives to what JavaScript lacks.

type Statement = Program["body"][number];

/** Declared names that nobody typed: the compiler's own helpers. */
export function helperNames(declared: Iterable<string>, typed: string): Set<string> {
  return new Set([...declared].filter((name) => !isWordOf(typed, name)));
}

/** The statements inside the `try` that a top-level `using` becomes; others as they are. */
export function withoutDisposal(statement: Statement, helpers: ReadonlySet<string>): Statement[] {
  if (statement.type !== "TryStatement") return [statement];
  const first = statement.finalizer?.body[0];
  const disposes =
    first?.type === "VariableDeclaration"
      ? first.declarations[0]?.init
      : first?.type === "ExpressionStatement"
        ? first.expression
        : undefined;
  return disposes && helpers.has(leftmostName(disposes)) ? statement.block.body : [statement];
}

/** The `E || {}` of an enum, `var E = ((E) => {…})(E || {})`: it adds to an enum that exists. */
export function enumSeed(name: string, init: Expression): AnyNode | undefined {
  if (init.type !== "CallExpression" || init.callee.type !== "ArrowFunctionExpression") return;
  const [seed] = init.arguments;
  return seed?.type === "LogicalExpression" && leftmostName(seed.left) === name ? seed : undefined;
}

/** The name of a namespace, `((N) => {…})(N || (N = {}))`. */
export function namespaceName(statement: Statement | undefined): string | undefined {
  if (statement?.type !== "ExpressionStatement") return undefined;
  const call = statement.expression;
  if (call.type !== "CallExpression" || call.callee.type !== "ArrowFunctionExpression") return;
  const [seed] = call.arguments;
  if (seed?.type !== "LogicalExpression" || seed.right.type !== "AssignmentExpression") return;
  return leftmostName(seed.left);
}

/** The name that an expression begins with: `f` of `f(a).b = c`; empty when it is no name. */
export function leftmostName(node: AnyNode): string {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "SequenceExpression":
      return leftmostName(node.expressions[0] as AnyNode);
    case "AssignmentExpression":
      return leftmostName(node.left);
    case "CallExpression":
      return leftmostName(node.callee);
    case "MemberExpression":
      return leftmostName(node.object);
    default:
      return "";
  }
}

function isWordOf(text: string, name: string): boolean {
  const word = name.replace(/\$/g, "\\$&");
  return new RegExp(`(?<![\\p{ID_Continue}$])${word}(?![\\p{ID_Continue}$])`, "u").test(text);
}
