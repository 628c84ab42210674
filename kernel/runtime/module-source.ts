import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { type AnyNode, type Program, parse as parseJavaScript } from "acorn";
import { simple } from "acorn-walk";
import { lower } from "../language/lower.js";
import { CellSyntaxError } from "../language/syntax-error.js";

/** A place in a module's code that names another module. */
export interface Request {
  specifier: string;
  /** Of the string literal in `code`, quotes included. */
  start: number;
  end: number;
  /** Where its `with {…}` ends, if it has one. */
  attributesEnd?: number;
}

/** A file as the module graph sees it. */
export interface ModuleSource {
  /** How it is loaded: served as an ES module, or by `require`. */
  kind: "module" | "required" | "json";
  /** JavaScript of a module; the text of other kinds. */
  code: string;
  /** From `code` to the file. */
  map?: string;
  requests: Request[];
  /** Where `import(…)` says import. */
  dynamic: { start: number; end: number }[];
}

/** Reads a file's code and finds out what it imports. */
export async function readModule(path: string, content: Buffer): Promise<ModuleSource> {
  const plain = { requests: [], dynamic: [] };
  const extension = extname(path);
  if (extension === ".node") return { ...plain, kind: "required", code: "" };
  const text = content.toString("utf8");
  if (extension === ".json") return { ...plain, kind: "json", code: text };
  if (extension === ".ts" || extension === ".mts") {
    const { code, map } = await lower(text, "dropped").catch((error) => {
      throw error instanceof CellSyntaxError ? syntaxError(path, error) : error;
    });
    return { ...requestsOf(acorn(path, code, "module")), kind: "module", code, map };
  }
  const type =
    extension === ".cjs" ? "commonjs" : extension === ".mjs" ? "module" : packageType(path);
  let failure: unknown;
  if (type !== "commonjs") {
    try {
      const program = acorn(path, text, "module");
      if (type === "module" || isModule(program)) {
        return { ...requestsOf(program), kind: "module", code: text };
      }
    } catch (error) {
      if (type === "module") throw error;
      failure = error;
    }
  }
  try {
    return { ...requiresOf(acorn(path, text, "script")), kind: "required", code: text };
  } catch (error) {
    // Neither: what is wrong with it as a module is wrong in a script too.
    throw failure ?? error;
  }
}

function acorn(path: string, code: string, sourceType: "module" | "script"): Program {
  try {
    return parseJavaScript(code, {
      ecmaVersion: "latest",
      sourceType,
      allowReturnOutsideFunction: sourceType === "script",
    });
  } catch (error) {
    const { message, loc } = error as Error & { loc: { line: number; column: number } };
    throw syntaxError(path, {
      message: message.replace(/ \(\d+:\d+\)$/, ""),
      line: loc.line,
      column: loc.column + 1,
    });
  }
}

/** A SyntaxError that names the place in a file. */
export function syntaxError(
  path: string,
  at: { message: string; line: number; column: number },
): SyntaxError {
  const place = `${path}:${at.line}:${at.column}`;
  const error = new SyntaxError(`${at.message} in ${place}`);
  error.stack = `SyntaxError: ${at.message}\n    at ${place}`;
  return error;
}

function requestsOf(program: Program): Pick<ModuleSource, "requests" | "dynamic"> {
  const requests: Request[] = [];
  const dynamic: ModuleSource["dynamic"] = [];
  const add = (source: AnyNode, attributesEnd?: number) => {
    if (source.type !== "Literal") return;
    const { start, end } = source;
    requests.push({
      specifier: String(source.value),
      start,
      end,
      ...(attributesEnd === undefined ? {} : { attributesEnd }),
    });
  };
  for (const node of program.body) {
    if (!("source" in node) || !node.source) continue;
    // The statement ends in `}` or `};` after its attributes.
    add(node.source, node.attributes.length > 0 ? node.end : undefined);
  }
  simple(program, {
    ImportExpression(node) {
      dynamic.push({ start: node.start, end: node.start + "import".length });
    },
  });
  return { requests, dynamic };
}

/** Calls `require("./x")` of a CommonJS file: what a change of its version depends on. */
function requiresOf(program: Program): Pick<ModuleSource, "requests" | "dynamic"> {
  const requests: Request[] = [];
  simple(program, {
    CallExpression({ callee, arguments: [argument] }) {
      if (callee.type !== "Identifier" || callee.name !== "require") return;
      if (argument?.type !== "Literal" || !String(argument.value).startsWith(".")) return;
      requests.push({
        specifier: String(argument.value),
        start: argument.start,
        end: argument.end,
      });
    },
  });
  return { requests, dynamic: [] };
}

/** As Node tells: import, export, import.meta and top-level await make a module. */
function isModule(program: Program): boolean {
  let found = program.body.some(({ type }) => /^(Import|Export)/.test(type));
  simple(program, {
    MetaProperty: (node) => {
      found ||= node.meta.name === "import";
    },
  });
  if (found) return true;
  let commonJs = false;
  simple(program, {
    Identifier: ({ name }) => {
      commonJs ||= /^(require|module|exports|__dirname|__filename)$/.test(name);
    },
  });
  return !commonJs;
}

function packageType(path: string): "module" | "commonjs" | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).type;
    if (folder === dirname(folder)) return undefined;
  }
}
