import { findSourceMap } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CellSources } from "./cells.js";
import { moduleOrigin } from "./module-origins.js";

/** The folder of the kernel's own code: kernel/ as source, dist/ when it is built. */
const HOME = new URL(
  /\/kernel\/runtime\/[^/]*$/.test(import.meta.url) ? ".." : ".",
  import.meta.url,
).href;

/**
 * Makes `error.stack` speak of cells as they were typed, `Cell [3]:2:5`, and of modules as they are
 * on disk, without the frames of the kernel. The returned function undoes it.
 *
 * The work is done when somebody reads the stack. Libraries may put their own
 * `Error.prepareStackTrace` in its place and give it back.
 */
export function installStackTraces(cells: CellSources, home: string = HOME): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    const places = visible(sites, home).map((site) => placed(site, cells));
    const typed = places.filter((place) => place !== undefined);
    return headOf(error) + typed.map((place) => `\n    at ${place}`).join("");
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}

function visible(sites: readonly NodeJS.CallSite[], home: string): NodeJS.CallSite[] {
  // The kernel runs a cell by one of these: below is only what brought the cell there.
  const end = sites.findIndex((site, i) => {
    const file = fileOf(site);
    if (file !== "node:vm") return file === "node:inspector";
    const below = sites[i + 1];
    return below !== undefined && fileOf(below).startsWith(home);
  });
  return sites.slice(0, end < 0 ? sites.length : end).filter((site) => {
    const file = fileOf(site);
    if (file === "") return !site.isEval();
    return !file.startsWith(home) || file.startsWith(`${home}extensions/`);
  });
}

/** Undefined for a helper that the compiler wrote. */
function placed(site: NodeJS.CallSite, cells: CellSources): string | undefined {
  try {
    return mapped(site, cells);
  } catch {
    // A broken source map must not make reading a stack an error of its own.
    return String(site);
  }
}

function mapped(site: NodeJS.CallSite, cells: CellSources): string | undefined {
  let isTyped = true;
  const text = String(site).replace(/retro:cell\/(\d+):(\d+):(\d+)/g, (_, ...at: string[]) => {
    const [count, line, column] = at.slice(0, 3).map(Number) as [number, number, number];
    const typed = cells.original(count, line, column);
    isTyped &&= typed !== undefined;
    return `Cell [${count}]:${typed?.line}:${typed?.column}`;
  });
  if (!isTyped) return undefined;
  const file = fileOf(site);
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (line === null || column === null) return text;
  return text.replace(`${file}:${line}:${column}`, onDisk(file, line, column));
}

/** The place in the source that a module was made from, without the version it was loaded in. */
function onDisk(file: string, line: number, column: number): string {
  const origin = moduleOrigin(file, { line, column });
  if (origin) return `${origin.file}:${origin.line}:${origin.column}`;
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const isUrl = file.startsWith("file:");
  if (!entry || !("originalLine" in entry)) {
    return `${isUrl ? file.replace(/\?.*$/, "") : file}:${line}:${column}`;
  }
  const source = new URL(entry.originalSource, isUrl ? file : pathToFileURL(file));
  source.search = "";
  const path = isUrl || source.protocol !== "file:" ? source.href : fileURLToPath(source);
  return `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

function fileOf(site: NodeJS.CallSite): string {
  return site.getScriptNameOrSourceURL?.() ?? site.getFileName() ?? "";
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error that cannot be shown";
  }
}
