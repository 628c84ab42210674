import type { TransformFailure, TransformOptions } from "esbuild";
import { CellSyntaxError } from "./syntax-error.js";

const OPTIONS: TransformOptions = {
  loader: "ts",
  target: "node20.19",
  charset: "utf8",
  sourcemap: "external",
  sourcesContent: false,
  logLevel: "silent",
};

/**
 * TypeScript as JavaScript for Node 20, with a source map back.
 *
 * @param unusedImports kept in a cell, where a later cell may use them; in a module they may be types
 * @throws CellSyntaxError
 */
export async function lower(
  text: string,
  unusedImports: "kept" | "dropped",
): Promise<{ code: string; map: string }> {
  const { transform } = await import("esbuild");
  try {
    const compilerOptions = {
      verbatimModuleSyntax: unusedImports === "kept",
      useDefineForClassFields: true,
    };
    return await transform(text, { ...OPTIONS, tsconfigRaw: JSON.stringify({ compilerOptions }) });
  } catch (failure) {
    throw syntaxError(failure as TransformFailure, text);
  }
}

function syntaxError(failure: TransformFailure, text: string): Error {
  const first = failure.errors?.[0];
  if (!first?.location) return failure;
  const { line, column, lineText } = first.location;
  // esbuild counts bytes of UTF-8.
  const units = Buffer.from(lineText).subarray(0, column).toString().length;
  const open =
    /end of file|^Unterminated (template|regular)|to terminate multi-line comment/.test(
      first.text,
    ) ||
    (line === text.split("\n").length &&
      (first.text.startsWith("Unterminated") ||
        (first.text === 'Unexpected "."' && text.trimEnd().endsWith("?."))));
  // After a colon, esbuild goes on in notes.
  return new CellSyntaxError(first.text.replace(/:$/, ""), line, units + 1, open);
}
