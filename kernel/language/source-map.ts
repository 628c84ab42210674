import { SourceMap as Lookup } from "node:module";
import { type DecodedSourceMap, type MagicString, SourceMap } from "magic-string";

/** A place in a text; line and column are 1-based, the column in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

/** Where a place of generated text comes from, or undefined when nobody typed it. */
export function originalPlace(map: string, { line, column }: Place): Place | undefined {
  const entry = find(new Lookup(JSON.parse(map)), line - 1, column - 1);
  return entry && { line: entry.line + 1, column: entry.column + 1 };
}

/**
 * One version 3 map for an edit on top of earlier steps.
 *
 * `earlier` goes from the text that was edited back to the text as typed, nearest step first.
 */
export function composedMap(
  edited: MagicString,
  earlier: readonly string[],
  source = "cell",
): string {
  let map: DecodedSourceMap = edited.generateDecodedMap({ hires: "boundary", source });
  for (const step of earlier) {
    const lookup = new Lookup(JSON.parse(step));
    const mappings = map.mappings.map((segments) =>
      segments.flatMap((segment): typeof segments => {
        const entry =
          segment.length > 1 ? find(lookup, segment[2] as number, segment[3] as number) : undefined;
        return entry ? [[segment[0], 0, entry.line, entry.column]] : [];
      }),
    );
    map = { ...map, mappings };
  }
  return new SourceMap(map).toString();
}

function find(lookup: Lookup, line: number, column: number) {
  const entry = lookup.findEntry(line, column);
  return "originalLine" in entry && entry.originalLine !== undefined
    ? { line: entry.originalLine, column: entry.originalColumn }
    : undefined;
}
