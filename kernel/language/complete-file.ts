import type { Completions } from "./complete.js";
import { filePaths } from "./file-paths.js";
import { isSignificant, tokens } from "./tokens.js";

/**
 * Completes the path of a file in a string, from the working folder on; undefined anywhere else.
 *
 * An empty string is completed where it is an argument: elsewhere it is more likely to stay empty.
 */
export function completeFile(code: string, cursor: number): Completions | undefined {
  const all = [...tokens(code.slice(0, cursor))].filter(isSignificant);
  const last = all.at(-1);
  if (last?.type !== "StringLiteral" || last.closed) return undefined;
  const written = last.value.slice(1);
  const isArgument = /^[(,]$/.test(all.at(-2)?.value ?? "");
  if (written === "" && !isArgument) return undefined;
  const matches = filePaths(written);
  const start = last.start + 1;
  const rest = /^[^"'\r\n]*(?=["'])/.exec(code.slice(cursor))?.[0] ?? "";
  const end = cursor + rest.length;
  const types = matches.map((text) => ({ text, type: "path", start, end }));
  return { matches, start, end, types };
}
