import type {
  AnyNode,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  ImportDeclaration,
  Literal,
  Program,
  VariableDeclaration,
} from "acorn";
import type { MagicString } from "magic-string";
import {
  enumSeed,
  helperNames,
  leftmostName,
  namespaceName,
  withoutDisposal,
} from "./lowered-shapes.js";
import type { Parsed } from "./parse.js";
import { repeatedValue, timedEnds } from "./timed-statements.js";

type Statement = Program["body"][number];

let cells = 0;

/**
 * Turns the top-level statements of a cell into what V8's repl mode can run.
 *
 * @param typed the cell as typed: names that are not in it are the compiler's own
 * @param shows whether a last expression is the cell's result
 * @returns the names of the compiler's own helpers, which no other cell sees
 */
export function editStatements(
  code: MagicString,
  parsed: Parsed,
  typed: string,
  shows: boolean,
): Set<string> {
  const helpers = parsed.map ? helperNames(parsed.scope.declared, typed) : new Set<string>();
  if (helpers.size > 0) cells++;
  new StatementEditor(code, parsed, helpers).edit(shows);
  return helpers;
}

class StatementEditor {
  private readonly seen = new Set<string>();
  private hasDefault = false;

  constructor(
    private readonly code: MagicString,
    private readonly parsed: Parsed,
    private readonly helpers: ReadonlySet<string>,
  ) {}

  edit(shows: boolean): void {
    const { program, scope } = this.parsed;
    const statements = program.body.flatMap((one) => withoutDisposal(one, this.helpers));
    for (const [i, statement] of statements.entries()) this.statement(statement, statements[i + 1]);
    const last = statements.findLast(({ type }) => !/^Export(Named|All)|^Empty/.test(type));
    if (shows && !this.hasDefault) this.result(last);
    for (const end of timedEnds(this.code.original, statements)) {
      this.code.appendRight(end, ";__retro__.timed();");
    }

    for (const { start, options } of scope.imports) {
      this.code.update(start, start + "import".length, "__retro__.import");
      if (options) {
        this.code.appendLeft(options.start, "undefined, (").appendRight(options.end, ")?.with");
      }
    }
    // Code of an interrupted cell ends where it would go on; what catches that ends at its next await.
    for (const node of scope.awaits) {
      if (node.type === "AwaitExpression") {
        this.code.appendLeft(node.start, "__retro__.resume(").prependRight(node.end, "))");
        this.code.appendLeft(node.start + "await".length, " __retro__.wait(");
      } else {
        const { start, end } = node.body;
        this.code.appendLeft(start, "{__retro__.resume();").prependRight(end, "}");
      }
    }
    for (const { start, end } of scope.metas) this.code.update(start, end, "__retro__.meta");
    for (const { name, start, end } of scope.outer) {
      if (this.helpers.has(name)) this.code.update(start, end, this.own(name));
    }
  }

  private statement(statement: Statement, next: Statement | undefined): void {
    const { start, end } = statement;
    if (statement.type === "VariableDeclaration") this.variables(statement, next);
    else if (statement.type === "ClassDeclaration") {
      this.code.appendLeft(start, `var ${this.own(statement.id.name)} = `).appendRight(end, ";");
    } else if (statement.type === "ImportDeclaration") {
      this.code.overwrite(start, end, importCall(this.code.original, statement));
    } else if (statement.type === "ExportNamedDeclaration") this.exportNamed(statement, next);
    else if (statement.type === "ExportAllDeclaration") {
      this.code.overwrite(start, end, awaitedImport(textOf(statement.source)));
    } else if (statement.type === "ExportDefaultDeclaration") this.exportDefault(statement);
    else {
      const repeated = repeatedValue(statement);
      if (repeated) this.returned(repeated.start);
    }
  }

  private variables(statement: VariableDeclaration, next: Statement | undefined): void {
    const { kind, start, declarations } = statement;
    const { map } = this.parsed;
    this.code.update(start, start + kind.length, "var");
    for (const { id, init } of declarations) {
      if (id.type !== "Identifier") continue;
      // A cell run again starts afresh: `let x;` is undefined, an enum and a namespace are empty.
      if (!init) {
        const isNamespace = map !== undefined && namespaceName(next) === id.name;
        if (kind === "let" || isNamespace) this.code.appendLeft(id.end, " = void 0");
      } else if (map !== undefined) {
        const seed = this.seen.has(id.name) ? undefined : enumSeed(id.name, init);
        if (seed) this.code.update(seed.start, seed.end, "{}");
        if (this.helpers.has(id.name)) this.keepClassName(id.name, init);
      }
      this.seen.add(id.name);
    }
  }

  /** `_X = class _X {…}`, as the compiler writes some decorated classes, is named X again. */
  private keepClassName(name: string, init: Expression): void {
    if (init.type !== "ClassExpression" || init.id?.name !== name) return;
    const value = JSON.stringify(name.slice(1));
    const named = `Object.defineProperty(this, "name", { value: ${value}, configurable: true });`;
    this.code.appendLeft(init.body.start + 1, ` static { ${named} }`);
  }

  private exportNamed(statement: ExportNamedDeclaration, next: Statement | undefined): void {
    const { start, end, declaration, source, specifiers } = statement;
    const value = specifiers.find(({ exported }) => nameOf(exported) === "default");
    if (declaration) {
      this.code.remove(start, declaration.start);
      this.statement(declaration, next);
    } else if (source) this.code.overwrite(start, end, awaitedImport(textOf(source)));
    else if (value) {
      this.hasDefault = true;
      this.code.overwrite(start, end, `__retro__.result(${this.own(nameOf(value.local))});`);
    } else this.code.remove(start, end);
  }

  private exportDefault({ start, end, declaration }: ExportDefaultDeclaration): void {
    this.hasDefault = true;
    this.code.remove(start, declaration.start);
    const isFunction = declaration.type === "FunctionDeclaration";
    if ((isFunction || declaration.type === "ClassDeclaration") && declaration.id) {
      this.statement(declaration as Statement, undefined);
      this.code.appendRight(end, `\n__retro__.result(${this.own(declaration.id.name)});`);
    } else {
      this.insertMapped("__retro__.result((", declaration.start);
      this.code.appendRight(declaration.end, "))").appendRight(end, ";");
    }
  }

  /** Passes on the value of the last statement, if it is an expression that somebody typed. */
  private result(last: Statement | undefined): void {
    if (last?.type !== "ExpressionStatement") return;
    if (this.helpers.has(leftmostName(last.expression))) return;
    if (this.parsed.map !== undefined && namespaceName(last) !== undefined) return;
    const end = this.code.original[last.end - 1] === ";" ? last.end - 1 : last.end;
    const isList = last.expression.type === "SequenceExpression";
    this.insertMapped(isList ? "__retro__.result((" : "__retro__.result(", last.start);
    this.code.appendRight(end, isList ? "))" : ")");
  }

  private returned(at: number): void {
    // What is put around an `await` comes between.
    const waits = this.parsed.scope.awaits.some(({ start }) => start === at);
    if (waits) this.code.appendLeft(at, "return ");
    else this.insertMapped("return ", at);
  }

  /** V8 places a ReferenceError in an argument at the callee, so the callee maps to the argument. */
  private insertMapped(text: string, at: number): void {
    const { imports, metas, awaits } = this.parsed.scope;
    const isAt = ({ start }: AnyNode) => start === at;
    if ([...imports, ...metas].some(isAt)) return void this.code.appendLeft(at, text);
    const end = at + (awaits.some(isAt) ? "await".length : 1);
    this.code.update(at, end, text + this.code.original.slice(at, end));
  }

  /**
   * Helpers become global like all else, so each cell gets its own: a class of an earlier cell
   * still reads its initialisers whenever it is constructed.
   */
  private own(name: string): string {
    return this.helpers.has(name) ? `${name}$${cells}` : name;
  }
}

function importCall(code: string, { source, specifiers, attributes }: ImportDeclaration): string {
  const names = specifiers.map((specifier) => {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") return `* as ${local}`;
    if (specifier.type === "ImportDefaultSpecifier") return `default as ${local}`;
    const imported = nameOf(specifier.imported);
    return imported === local ? local : `${imported} as ${local}`;
  });
  const types = attributes.map(
    ({ key, value }) => `${code.slice(key.start, key.end)}: ${textOf(value)}`,
  );
  const parts = [textOf(source), names.length > 0 ? JSON.stringify(names) : "undefined"];
  if (types.length > 0) parts.push(`{${types.join(", ")}}`);
  return awaitedImport(parts.join(", "));
}

const awaitedImport = (parts: string) => `await __retro__.import(${parts});`;

const textOf = ({ value }: Literal) => JSON.stringify(value);

function nameOf(node: AnyNode): string {
  return node.type === "Identifier" ? node.name : node.type === "Literal" ? String(node.value) : "";
}
