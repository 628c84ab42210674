import { fileURLToPath } from "node:url";
import { originalPlace, type Place } from "../language/original-place.js";

const maps = new Map<string, string>();

/** Remembers the source map of a module that was loaded from a versioned URL. */
export function rememberMap(url: string, map: string): void {
  maps.set(url, map);
}

/**
 * The file and place that a stack frame of an imported relative module stands for, or undefined
 * for URLs that this kernel did not serve.
 *
 * @param url as in the frame: `file:///notebook/model.ts?v=…`
 */
export function moduleOrigin(url: string, place: Place): (Place & { file: string }) | undefined {
  if (!/\?v=\w+$/.test(url)) return undefined;
  const map = maps.get(url);
  return { file: fileURLToPath(url), ...((map && originalPlace(map, place)) || place) };
}
