import { SourceMap as Lookup } from "node:module";
import { type DecodedSourceMap, type MagicString, SourceMap } from "magic-string";
import { findPlace } from "./original-place.js";

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
          segment.length > 1
            ? findPlace(lookup, segment[2] as number, segment[3] as number)
            : undefined;
        return entry ? [[segment[0], 0, entry.line, entry.column]] : [];
      }),
    );
    map = { ...map, mappings };
  }
  return new SourceMap(map).toString();
}
