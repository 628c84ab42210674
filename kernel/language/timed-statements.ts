import type { ExpressionStatement, Program } from "acorn";

type Statement = Program["body"][number];

/** Where the statements end that a `%time` before them measures; those of one line belong together. */
export function timedEnds(code: string, statements: readonly Statement[]): number[] {
  return statements.flatMap((mark, i) => {
    if (!callOf(mark, "time")) return [];
    let last = statements[i + 1];
    for (const next of statements.slice(i + 2)) {
      if (!last || /\n/.test(code.slice(last.end, next.start))) break;
      last = next;
    }
    return last ? [last.end] : [];
  });
}

/** The last expression of the code that `%timeit` repeats, whose value must not be in vain. */
export function repeatedValue(statement: Statement): ExpressionStatement | undefined {
  const repeated = callOf(statement, "timeit")?.[1];
  if (repeated?.type !== "ArrowFunctionExpression") return undefined;
  if (repeated.body.type !== "BlockStatement") return undefined;
  const last = repeated.body.body.findLast(({ type }) => type !== "EmptyStatement");
  return last?.type === "ExpressionStatement" ? last : undefined;
}

/** The arguments of a statement that calls `__retro__[name]`. */
function callOf(statement: Statement, name: string) {
  if (statement.type !== "ExpressionStatement") return undefined;
  const { expression } = statement;
  const call = expression.type === "AwaitExpression" ? expression.argument : expression;
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return undefined;
  const { object, property } = call.callee;
  const isOurs = object.type === "Identifier" && object.name === "__retro__";
  return isOurs && property.type === "Identifier" && property.name === name
    ? call.arguments
    : undefined;
}
