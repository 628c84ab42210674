import type { SnapshotEntry } from "../runtime/snapshot.js";
import { isSignificant, nesting, type Positioned, tokens } from "./tokens.js";

/** `add(a, b = 1)` of a function's source, `new Model(size)` of a class's; undefined for values. */
export function signature(
  name: string,
  { type, source, arity }: SnapshotEntry,
): string | undefined {
  if (source === undefined) return undefined;
  const isClass = type.startsWith("class");
  const head = isClass ? `new ${name}` : name;
  if (/\{\s*\[native code\]\s*\}$/.test(source)) {
    const parameters = Array.from({ length: arity ?? 0 }, (_, i) => `arg${i + 1}`);
    return `${head}(${parameters.join(", ")})`;
  }
  const code = [...tokens(source)].filter(isSignificant);
  const arrow = code.findIndex(({ value }) => value === "=>");
  const open = isClass
    ? constructorParenthesis(code)
    : code.findIndex(({ value }) => value === "(");
  if (open < 0 || (arrow >= 0 && arrow < open)) {
    return isClass ? `${head}()` : `${head}(${code[arrow - 1]?.value ?? ""})`;
  }
  let depth = 0;
  for (const token of code.slice(open)) {
    depth += nesting(token);
    if (depth > 0) continue;
    const start = (code[open] as Positioned).start;
    return head + source.slice(start, token.end).replace(/\s+/g, " ");
  }
  return `${head}(…)`;
}

function constructorParenthesis(code: readonly Positioned[]): number {
  let depth = 0;
  for (const [i, token] of code.entries()) {
    depth += nesting(token);
    if (depth === 1 && token.value === "constructor" && code[i + 1]?.value === "(") return i + 1;
  }
  return -1;
}
