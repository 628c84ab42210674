import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type AnyNode, Parser } from "acorn";
import { OPTIONS } from "./javascript.js";

declare module "acorn" {
  interface Parser {
    /** What plugins may override; acorn's declarations leave it out. */
    nextToken(): void;
  }
}

/** Tokens that may be read for each letter of the text; most files take less than one for two. */
const PATIENCE = 4;

/** The plugin tries what a `<` may mean, and takes twice as long for each one inside another. */
class TypeScript extends Parser.extend(tsPlugin()) {
  private tokens = 0;

  override nextToken(): void {
    if (++this.tokens > PATIENCE * (this.input.length + 100)) throw new NotErasable();
    super.nextToken();
  }
}

/** A node as the TypeScript plugin makes it; its declarations are acorn's own, without types. */
interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const TYPES = /^(typeAnnotation|returnType|typeParameters|typeArguments|superTypeParameters)$/;
const MODIFIERS = /\b(?:public|private|protected|readonly|override)\b/g;
/** A line that begins so goes on with the line before it, where nothing ends that one. */
const CONTINUES = /^\s*[([`+\-*/.,<]/;
const BLANKS = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
const NEWLINE = /[\r\n\u2028\u2029]/;

/** Syntax that is more than types: a compiler has to write code for it. */
class NotErasable extends Error {}

/**
 * TypeScript as JavaScript of the same length, with spaces in the place of types, so that every
 * place in it is the place where it was typed.
 *
 * Undefined when the text does not parse, or has syntax that has to be compiled: enums, namespaces
 * with values, parameter properties, decorators, accessors, `import x = require()`, `<T>value`.
 */
export function erase(text: string): string | undefined {
  try {
    return new Eraser(text).erase(parse(text));
  } catch {
    return undefined;
  }
}

/** The syntax tree with its types, in acorn's form; undefined for what the plugin cannot read. */
export function parseTypeScript(text: string): object | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function parse(text: string): Node {
  return TypeScript.parse(text, { ...OPTIONS, locations: true }) as unknown as Node;
}

class Eraser {
  private readonly spaces: [start: number, end: number][] = [];
  private readonly semicolons = new Set<number>();

  constructor(private readonly text: string) {}

  erase(program: Node): string {
    this.visit(program);
    let code = "";
    let at = 0;
    for (const [start, end] of this.spaces.sort(([a], [b]) => a - b)) {
      if (end <= at) continue;
      const from = Math.max(at, start);
      code += this.text.slice(at, from);
      const blank = this.text.slice(from, end).replace(/[^\r\n\u2028\u2029]/g, " ");
      code += this.semicolons.has(from) ? `;${blank.slice(1)}` : blank;
      at = end;
    }
    return code + this.text.slice(at);
  }

  private visit(node: Node): void {
    if ((node.decorators as Node[] | undefined)?.length) throw new NotErasable();
    const visitor = this.visitors[node.type];
    if (node.declare === true && node.type !== "PropertyDefinition") this.statement(node);
    else if (visitor) visitor(node);
    else if (node.type.startsWith("TS")) throw new NotErasable();
    else this.children(node);
  }

  private children(node: Node): void {
    for (const [key, value] of Object.entries(node)) {
      if (Array.isArray(value)) for (const one of value) isNode(one) && this.visit(one);
      else if (!isNode(value)) continue;
      else if (TYPES.test(key)) this.blank(value.start, value.end);
      else this.visit(value);
    }
  }

  private readonly visitors: Record<string, (node: Node) => void> = {
    TSInterfaceDeclaration: (node) => this.statement(node),
    TSTypeAliasDeclaration: (node) => this.statement(node),
    TSDeclareFunction: (node) => this.statement(node),
    TSDeclareMethod: (node) => this.member(node),
    TSIndexSignature: (node) => this.member(node),

    ImportDeclaration: (node) => {
      if (node.importKind === "type") this.statement(node);
      else this.specifiers(node, "importKind");
    },
    ExportNamedDeclaration: (node) => {
      const { declaration } = node as { declaration?: Node | null };
      if (node.exportKind === "type" || (declaration && isDeclaredOnly(declaration))) {
        this.statement(node);
      } else if (declaration) this.visit(declaration);
      else this.specifiers(node, "exportKind");
    },
    ExportAllDeclaration: (node) => {
      if (node.exportKind === "type") this.statement(node);
    },
    ExportDefaultDeclaration: (node) => {
      const declaration = node.declaration as Node;
      if (isDeclaredOnly(declaration)) this.statement(node);
      else this.visit(declaration);
    },

    TSAsExpression: (node) => this.assertion(node),
    TSSatisfiesExpression: (node) => this.assertion(node),
    TSNonNullExpression: (node) => {
      this.visit(node.expression as Node);
      this.blank(node.end - 1, node.end);
    },

    Identifier: (node) => this.binding(node),
    ObjectPattern: (node) => this.binding(node),
    ArrayPattern: (node) => this.binding(node),
    VariableDeclarator: (node) => {
      const id = node.id as Node;
      const type = id.typeAnnotation as Node | undefined;
      if (node.definite && type) this.mark("!", id.start, type.start);
      this.children(node);
    },

    FunctionDeclaration: (node) => this.function(node),
    FunctionExpression: (node) => this.function(node),
    ArrowFunctionExpression: (node) => this.function(node),

    ClassDeclaration: (node) => this.class(node),
    ClassExpression: (node) => this.class(node),
    PropertyDefinition: (node) => this.member(node),
    MethodDefinition: (node) => this.member(node),
  };

  private statement({ start, end }: Node): void {
    this.blank(start, end);
    // Without it, `let a = 1` above and `(b)` below would become one statement.
    if (CONTINUES.test(this.text.slice(end))) this.semicolons.add(start);
  }

  private specifiers(node: Node, kind: "importKind" | "exportKind"): void {
    const all = node.specifiers as Node[];
    for (const [i, one] of all.entries()) {
      if (one[kind] !== "type") continue;
      const next = all[i + 1];
      const comma = /^\s*,/.exec(this.text.slice(one.end))?.[0].length ?? 0;
      if (next && comma === 0) throw new NotErasable();
      this.blank(one.start, one.end + comma);
    }
  }

  private assertion(node: Node): void {
    const expression = node.expression as Node;
    this.visit(expression);
    const type = node.typeAnnotation as Node;
    const word = /(?:as|satisfies)\s*$/.exec(this.text.slice(expression.end, type.start));
    if (!word) throw new NotErasable();
    const start = expression.end + word.index;
    this.blank(start, node.end);
    // A type ends with its line: without it, the next line would call or index the expression.
    BLANKS.lastIndex = node.end;
    const [blanks = ""] = BLANKS.exec(this.text) ?? [];
    const next = this.text.charAt(node.end + blanks.length);
    if (NEWLINE.test(blanks) && /[([`]/.test(next)) this.semicolons.add(start);
  }

  /** `name?: Type` */
  private binding(node: Node): void {
    const type = node.typeAnnotation as Node | undefined;
    if (node.optional) this.mark("?", node.start, type?.start ?? node.end);
    this.children(node);
  }

  private function(node: Node): void {
    if (!node.body) throw new NotErasable();
    if (node.type === "ArrowFunctionExpression" && node.typeParameters) {
      const { start, end } = node.typeParameters as Node;
      // `return <⏎T>(x: T) => x` would return nothing.
      const gone = this.text.slice(start, this.text.indexOf("(", end));
      if (NEWLINE.test(gone)) throw new NotErasable();
    }
    const [first, second] = node.params as Node[];
    if (first?.type === "Identifier" && first.name === "this") {
      const comma = /^\s*,/.exec(this.text.slice(first.end))?.[0].length ?? 0;
      this.blank(first.start, second ? second.start : first.end + comma);
    }
    this.children(node);
  }

  private class(node: Node): void {
    const body = node.body as Node;
    if (node.abstract) this.mark("abstract", node.start, body.start);
    if ((node.implements as Node[] | undefined)?.length) {
      const before = (node.superTypeParameters ??
        node.superClass ??
        node.typeParameters ??
        node.id) as Node | undefined;
      const from = before?.end ?? node.start;
      const word = this.text.slice(from, body.start).indexOf("implements");
      this.blank(from + word, body.start);
    }
    const { implements: _, ...rest } = node;
    this.children(rest as Node);
  }

  private member(node: Node): void {
    const { value, key } = node as { value?: Node | null; key?: Node };
    const isMethod = node.type === "MethodDefinition";
    if (
      node.abstract ||
      node.declare ||
      !key ||
      node.type === "TSDeclareMethod" ||
      (isMethod && !value?.body)
    ) {
      this.blank(node.start, node.end);
      this.semicolons.add(node.start);
      return;
    }
    const head = this.text.slice(node.start, key.start);
    // A comment may hold a word that looks like a modifier.
    if (node.accessor || head.includes("/")) throw new NotErasable();
    // `get: number⏎ f() {}` would become a getter.
    if (!isMethod && !value && /^(get|set|static|async|accessor)$/.test(key.name as string)) {
      throw new NotErasable();
    }
    for (const { 0: word, index } of head.matchAll(MODIFIERS)) {
      this.blank(node.start + index, node.start + index + word.length);
      if (index === 0) this.semicolons.add(node.start);
    }
    const type = node.typeAnnotation as Node | undefined;
    const until = type?.start ?? value?.start ?? node.end;
    if (node.optional) this.mark("?", key.end, until);
    if (node.definite) this.mark("!", key.end, until);
    this.children(node);
  }

  /** Erases the last `word` between two places. */
  private mark(word: string, from: number, until: number): void {
    const at = this.text.slice(from, until).lastIndexOf(word);
    if (at < 0) throw new NotErasable();
    this.blank(from + at, from + at + word.length);
  }

  private blank(start: number, end: number): void {
    this.spaces.push([start, end]);
  }
}

function isDeclaredOnly({ type, declare }: Node): boolean {
  return declare === true || /^TS(Interface|TypeAlias)Declaration$|^TSDeclareFunction$/.test(type);
}

function isNode(value: unknown): value is Node {
  return typeof (value as AnyNode | null)?.type === "string";
}
