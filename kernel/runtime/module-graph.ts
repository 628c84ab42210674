import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ParseError, parse as parseTolerant } from "jsonc-parser";
import { MagicString } from "magic-string";
import { signal } from "../extension/cooperation.js";
import { composedMap } from "../language/source-map.js";
import { findFile } from "./module-files.js";
import { serve } from "./module-hooks.js";
import { rememberMap } from "./module-origins.js";
import { findPackage, isPath } from "./module-packages.js";
import { type ModuleSource, readModule, syntaxError } from "./module-source.js";
import { wasmModule } from "./module-wasm.js";

/** Under this symbol is the global that an `import()` in a module becomes. */
export const IMPORT = "retro.import";

interface Node {
  path: string;
  hash: string;
  source: ModuleSource;
  /** The files that its requests mean; those of packages are not in the graph. */
  files: Map<string, string>;
}

/**
 * The relative modules that cells import, each under a URL that names the version of the file and
 * of everything relative that it imports: what changed is loaded afresh, what did not stays itself.
 */
export class ModuleGraph {
  private readonly nodes = new Map<string, Node>();
  private readonly served = new Set<string>();
  /** Versions that were evaluated without an error. */
  private readonly sound = new Set<string>();
  /** How often a file was part of an import that failed: Node would throw the same error forever. */
  private readonly failures = new Map<string, number>();

  /**
   * Imports a file.
   *
   * @param from the importing file, whether it exists or not
   * @throws InputError, or a SyntaxError naming file, line and column; what the module throws
   */
  async import(specifier: string, from: string): Promise<Record<string, unknown>> {
    const path = this.file(specifier, from);
    const read = new Map<string, Node>();
    await this.read(path, read);
    const versions = new Map<string, string>();
    for (const node of read.values()) versions.set(node.path, this.versionedUrl(node, read));
    const stop = signal();
    const fail = () => this.fail(versions);
    // A loop that was stopped at a module's top level leaves its import pending for good.
    stop.addEventListener("abort", fail);
    try {
      this.publish(path, read, versions, new Set());
      const namespace = await import(versions.get(path) as string);
      for (const url of versions.values()) this.sound.add(url);
      return namespace;
    } catch (error) {
      fail();
      if (error instanceof SyntaxError) error.message = error.message.replace(/\?v=\w+/g, "");
      throw error;
    } finally {
      stop.removeEventListener("abort", fail);
    }
  }

  private fail(versions: ReadonlyMap<string, string>): void {
    for (const [file, url] of versions) {
      if (!this.sound.has(url)) this.failures.set(file, (this.failures.get(file) ?? 0) + 1);
    }
  }

  private file(specifier: string, from: string): string {
    const path = specifier.startsWith("file:")
      ? fileURLToPath(specifier)
      : resolve(dirname(from), specifier);
    return findFile(path, specifier);
  }

  private async read(path: string, read: Map<string, Node>): Promise<void> {
    if (read.has(path)) return;
    const content = await readFile(path);
    const hash = createHash("sha1").update(content).digest("hex");
    const known = this.nodes.get(path);
    const source = known?.hash === hash ? known.source : await parse(path, content);
    const files = new Map<string, string>();
    for (const { specifier } of source.requests) {
      if (source.kind === "required") {
        const file = requiredFile(specifier, path);
        if (file !== undefined) files.set(specifier, file);
      } else if (isPath(specifier)) files.set(specifier, this.file(specifier, path));
    }
    const node = { path, hash, source, files };
    this.nodes.set(path, node);
    read.set(path, node);
    for (const file of files.values()) await this.read(file, read);
  }

  /** Hands every file whose version is new to the loader, dependencies first. */
  private publish(
    path: string,
    read: ReadonlyMap<string, Node>,
    versions: ReadonlyMap<string, string>,
    visited: Set<string>,
  ): void {
    if (visited.has(path)) return;
    visited.add(path);
    const node = read.get(path) as Node;
    for (const file of node.files.values()) this.publish(file, read, versions, visited);
    const url = versions.get(path) as string;
    if (this.served.has(url)) return;
    serve(url, emit(node, url, versions));
    this.served.add(url);
  }

  /** Files and contents of all that is reachable decide; a cycle is one such set. */
  private versionedUrl(node: Node, read: ReadonlyMap<string, Node>): string {
    const reached = new Set<string>();
    const visit = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const file of (read.get(path) as Node).files.values()) visit(file);
    };
    visit(node.path);
    const hash = createHash("sha1");
    for (const path of [...reached].sort()) {
      hash.update(`${path}\0${read.get(path)?.hash}\0${this.failures.get(path) ?? 0}\0`);
    }
    return `${pathToFileURL(node.path).href}?v=${hash.digest("hex").slice(0, 12)}`;
  }
}

function parse(path: string, content: Buffer): Promise<ModuleSource> {
  return path.endsWith(".wasm") ? wasmModule(path, content) : readModule(path, content);
}

/** The JavaScript that a file is served as: its imports name versions. */
function emit(node: Node, url: string, versions: ReadonlyMap<string, string>): string {
  const { path, source } = node;
  if (source.kind === "json") return jsonModule(path, source.code);
  if (source.kind === "required") return requiredModule(path);
  const code = new MagicString(source.code);
  for (const { specifier, start, end, attributesEnd } of source.requests) {
    const file = node.files.get(specifier);
    const target = file === undefined ? packageUrl(specifier, path) : versions.get(file);
    if (target !== undefined) code.update(start, end, JSON.stringify(target));
    // JSON is served as a module, which must not claim to be JSON.
    if (attributesEnd !== undefined && file !== undefined) code.update(end, attributesEnd, ";");
  }
  for (const { start, end } of source.dynamic) {
    code.update(start, end, `globalThis[Symbol.for("${IMPORT}")](import.meta.url)`);
  }
  const earlier = source.map === undefined ? [] : [source.map];
  const map = composedMap(code, earlier, pathToFileURL(path).href);
  rememberMap(url, map);
  const inline = Buffer.from(map).toString("base64");
  // In two parts, or tools take it for this file's own map.
  return `${code}\n//# source${"MappingURL"}=data:application/json;base64,${inline}\n`;
}

/** What Node finds from the file itself stays as written; the rest comes from the kernel. */
function packageUrl(specifier: string, from: string): string | undefined {
  return /^(node|data|https?):/.test(specifier) ? undefined : findPackage(specifier, from);
}

function jsonModule(path: string, text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const problems: ParseError[] = [];
    parseTolerant(text, problems, { disallowComments: true });
    const lines = text.slice(0, problems[0]?.offset).split("\n");
    throw syntaxError(path, {
      message,
      line: lines.length,
      column: (lines.at(-1) as string).length + 1,
    });
  }
  return `export default JSON.parse(${JSON.stringify(text)});`;
}

/** The file that a CommonJS file requires, if it is there. */
function requiredFile(specifier: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** CommonJS and native addons run here, once a version, so that their names are known. */
function requiredModule(path: string): string {
  const require = createRequire(path);
  delete require.cache[path];
  const value: unknown = require(path);
  const names = Object.keys(Object(value)).filter((name) => name !== "default");
  return [
    `import { createRequire } from "node:module";`,
    `const value = createRequire(import.meta.url)(${JSON.stringify(path)});`,
    `export default value;`,
    ...names.map((name, i) => `const n${i} = value[${JSON.stringify(name)}];`),
    `export { ${names.map((name, i) => `n${i} as ${JSON.stringify(name)}`).join(", ")} };`,
  ].join("\n");
}
