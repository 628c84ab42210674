import { parseTypeScript } from "../erase.js";
import { type Augmentation, augmentation } from "./augmentation.js";
import { bound, isNode, type Node } from "./syntax.js";

/** What declares a name's value; of a type alone, that it has none. */
export type Kind =
  | "const"
  | "let"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "type";

/** A name that a cell declares at its top level. */
export interface Declaration {
  name: string;
  kind: Kind;
  /** It can be the name of a type, whatever else it is. */
  isType: boolean;
  /** Its type is written down, or what it is made of has one. */
  annotated: boolean;
}

/** What a cell brings to those after it. */
export interface Declarations {
  declared: Declaration[];
  /** Those that the cell exports by itself. */
  exported: Set<string>;
  /** Names that it assigns to, wherever they were declared. */
  assigned: Set<string>;
  /** Where it sets a property, as `line:column`, both from 1. */
  writes: Set<string>;
  /** Where it adds to what every cell sees. */
  augmentations: Augmentation[];
}

/**
 * The declarations of a cell, types included; of one that only a compiler can read, those of
 * `fallback`, which has the values alone, and what looks like a type.
 */
export function readDeclarations(text: string, fallback: Iterable<string>): Declarations {
  const program = parseTypeScript(text) as Node | undefined;
  return program ? new Reader().read(program) : guess(text, fallback);
}

const TYPES =
  /^[ \t]*(?:export[ \t]+)?(?:declare[ \t]+)?(?:const[ \t]+)?(?:interface|type|enum|namespace)[ \t]+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

function guess(text: string, values: Iterable<string>): Declarations {
  const names = new Set(values);
  for (const [, name] of text.matchAll(TYPES)) names.add(name as string);
  return {
    declared: [...names].map((name) => ({ name, kind: "let", isType: true, annotated: true })),
    exported: new Set([...names].filter((name) => exportOf(name).test(text))),
    assigned: new Set(),
    writes: new Set(),
    augmentations: /^[ \t]*declare[ \t]+(?:global|module)\b/m.test(text)
      ? [{ start: 0, end: 0, adds: [] }]
      : [],
  };
}

function exportOf(name: string): RegExp {
  return new RegExp(String.raw`^[ \t]*export\b.*\b${name.replaceAll("$", "\\$")}\b`, "mu");
}

const KINDS: Readonly<Record<string, Kind>> = {
  FunctionDeclaration: "function",
  TSDeclareFunction: "function",
  ClassDeclaration: "class",
  TSEnumDeclaration: "enum",
  TSImportEqualsDeclaration: "import",
  TSInterfaceDeclaration: "type",
  TSTypeAliasDeclaration: "type",
};

class Reader {
  private readonly names = new Map<string, Declaration>();
  private readonly exported = new Set<string>();
  private readonly assigned = new Set<string>();
  private readonly writes = new Set<string>();
  private readonly augmentations: Augmentation[] = [];

  read(program: Node): Declarations {
    for (const statement of program.body as Node[]) this.statement(statement, false);
    this.walk(program, true);
    const { exported, assigned, writes, augmentations } = this;
    return { declared: [...this.names.values()], exported, assigned, writes, augmentations };
  }

  private statement(node: Node, isExported: boolean): void {
    switch (node.type) {
      case "ImportDeclaration":
        for (const { local } of node.specifiers as Node[]) this.define(local, "import");
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) this.statement(node.declaration as Node, true);
        else if (!node.source) {
          for (const { local, exported } of node.specifiers as Node[]) {
            if ((local as Node).name === (exported as Node).name) {
              this.exported.add(String((local as Node).name));
            }
          }
        }
        return;
      case "ExportDefaultDeclaration":
        this.statement(node.declaration as Node, false);
        return;
      case "VariableDeclaration":
        this.variables(node, isExported);
        return;
      case "TSModuleDeclaration":
        if (!node.global && (node.id as Node).type === "Identifier") {
          this.define(node.id, "namespace", isExported);
        } else this.augmentations.push(augmentation(node));
        return;
      default: {
        const kind = KINDS[node.type];
        if (kind) this.define(node.id, kind, isExported);
      }
    }
  }

  private define(id: unknown, kind: Kind, isExported = false): void {
    const name = (id as Node | null | undefined)?.name;
    if (typeof name !== "string") return;
    this.add({ name, kind, isType: kind !== "function", annotated: true }, isExported);
  }

  private variables(node: Node, isExported: boolean): void {
    const kind = node.kind === "let" || node.kind === "var" ? "let" : "const";
    for (const { id } of node.declarations as Node[]) {
      const annotated = (id as Node).typeAnnotation !== undefined;
      for (const name of bound(id as Node)) {
        this.add({ name, kind, isType: false, annotated }, isExported);
      }
    }
  }

  /** What several declarations of a cell say of one name is all true. */
  private add(one: Declaration, isExported: boolean): void {
    const { name } = one;
    const known = this.names.get(name) ?? one;
    const value = known.kind === "type" ? one : known;
    this.names.set(name, { ...value, isType: known.isType || one.isType });
    if (isExported) this.exported.add(name);
  }

  private assignment(target: Node): void {
    for (const name of bound(target)) this.assigned.add(name);
    if (target.type !== "MemberExpression") return;
    const { line, column } = ((target.property as Node).loc as Place).start;
    this.writes.add(`${line}:${column + 1}`);
  }

  /** Finds assignments anywhere, and `var` in blocks of the top level. */
  private walk(node: Node, isTop: boolean): void {
    const below = isTop && !/Function|Class|TSModule/.test(node.type);
    if (node.type === "AssignmentExpression") this.assignment(node.left as Node);
    else if (node.type === "UpdateExpression") this.assignment(node.argument as Node);
    else if (node.type === "UnaryExpression" && node.operator === "delete") {
      this.assignment(node.argument as Node);
    } else if (/^For(In|Of)Statement$/.test(node.type)) {
      const left = node.left as Node;
      if (left.type !== "VariableDeclaration") this.assignment(left);
    } else if (node.type === "VariableDeclaration" && node.kind === "var" && below) {
      for (const { id } of node.declarations as Node[]) {
        for (const name of bound(id as Node)) {
          const annotated = (id as Node).typeAnnotation !== undefined;
          if (!this.names.has(name)) {
            this.names.set(name, { name, kind: "let", isType: false, annotated });
          }
        }
      }
    }
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) for (const one of value) isNode(one) && this.walk(one, below);
      else if (isNode(value)) this.walk(value, below);
    }
  }
}

interface Place {
  start: { line: number; column: number };
}
