import { SourceMap } from "node:module";

/** A place in a text; line and column are 1-based, the column in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

/** Where a place of generated text comes from, or undefined when nobody typed it. */
export function originalPlace(map: string, { line, column }: Place): Place | undefined {
  const entry = findPlace(new SourceMap(JSON.parse(map)), line - 1, column - 1);
  return entry && { line: entry.line + 1, column: entry.column + 1 };
}

/** The same with a map that was read already; lines and columns count from 0. */
export function findPlace(map: SourceMap, line: number, column: number): Place | undefined {
  const entry = map.findEntry(line, column);
  return "originalLine" in entry && entry.originalLine !== undefined
    ? { line: entry.originalLine, column: entry.originalColumn }
    : undefined;
}
