import type {
  AnyNode,
  AwaitExpression,
  ForOfStatement,
  Identifier,
  ImportExpression,
  MetaProperty,
  Pattern,
  Program,
  Statement,
  VariableDeclaration,
} from "acorn";
import { base, type RecursiveVisitors, recursive } from "acorn-walk";

/** What a cell's names mean. */
export interface CellScope {
  /** Names declared at the top level, `var` in nested blocks included. */
  declared: Set<string>;
  /** Longest static member chains from names that the cell does not declare; at most 200. */
  chains: Set<string>;
  /** Every identifier that means a top-level or global name. */
  outer: Identifier[];
  imports: ImportExpression[];
  metas: MetaProperty[];
  /** Where code goes on after it was suspended. */
  awaits: (AwaitExpression | ForOfStatement)[];
  /** Waits for something at its top level. */
  suspends: boolean;
  /** Has `using`, which Node 20 lacks. */
  disposes: boolean;
  /** Has what TypeScript may read differently: `f<a>(b)`. */
  ambiguous: boolean;
}

const MOST_CHAINS = 200;

/** The names of a block, and the block around it; undefined is the top level. */
type Block = { names: Set<string>; around: Block } | undefined;

type Visitors = RecursiveVisitors<Block> & {
  VariablePattern: (node: Identifier, block: Block) => void;
};

/** Finds out what each name in a program refers to. */
export function readScope(program: Program): CellScope {
  const scope: CellScope = {
    declared: new Set([...hoisted(program), ...lexical(program.body)]),
    chains: new Set(),
    outer: [],
    imports: [],
    metas: [],
    awaits: [],
    suspends: program.body.some(({ type }) => /^(Import|Export)/.test(type)),
    disposes: false,
    ambiguous: false,
  };
  let functions = 0;
  let less = false;
  let greater = false;

  const touch = (id: Identifier, block: Block, chain = id.name) => {
    for (let b = block; b; b = b.around) if (b.names.has(id.name)) return;
    scope.outer.push(id);
    if (!scope.declared.has(id.name) && scope.chains.size < MOST_CHAINS) scope.chains.add(chain);
  };
  const suspend = (node: CellScope["awaits"][number]) => {
    scope.awaits.push(node);
    if (functions === 0) scope.suspends = true;
  };
  const within = (around: Block, ...names: Iterable<string>[]): Block => ({
    names: new Set(names.flatMap((some) => [...some])),
    around,
  });

  const loop = (around: Block, head: AnyNode | null | undefined): Block =>
    head?.type === "VariableDeclaration" && head.kind !== "var"
      ? within(around, declaredBy(head))
      : around;

  const visitors: Visitors = {
    Identifier: (node, block) => touch(node, block),
    VariablePattern: (node, block) => touch(node, block),
    MemberExpression(node, block, visit) {
      const steps = [node];
      let root: AnyNode = node.object;
      for (; root.type === "MemberExpression"; root = root.object) steps.unshift(root);
      if (root.type === "Identifier") {
        const names = [root.name];
        for (const step of steps) {
          const name = staticName(step);
          if (name === undefined) break;
          names.push(name);
        }
        touch(root, block, names.join("."));
      } else visit(root, block);
      for (const step of steps) if (step.computed) visit(step.property, block);
    },
    Function(node, block, visit) {
      const own = node.type === "FunctionDeclaration" ? [] : node.id ? [node.id.name] : [];
      if (node.type === "FunctionDeclaration" && node.id) touch(node.id, block);
      const statements = node.body.type === "BlockStatement" ? node.body.body : [];
      const inner = within(
        block,
        own,
        ["arguments"],
        node.params.flatMap((pattern) => [...bound(pattern)]),
        hoisted(node.body),
        lexical(statements),
      );
      functions++;
      for (const pattern of node.params) visitPattern(pattern, inner, visit);
      if (node.body.type !== "BlockStatement") visit(node.body, inner);
      for (const statement of statements) visit(statement, inner);
      functions--;
    },
    Class(node, block, visit) {
      if (node.type === "ClassDeclaration" && node.id) touch(node.id, block);
      const inner = within(block, node.id ? [node.id.name] : []);
      if (node.superClass) visit(node.superClass, inner);
      visit(node.body, inner);
    },
    StaticBlock(node, block, visit) {
      const inner = within(
        block,
        node.body.flatMap((s) => [...hoisted(s)]),
        lexical(node.body),
      );
      for (const statement of node.body) visit(statement, inner);
    },
    BlockStatement(node, block, visit) {
      const inner = within(block, lexical(node.body));
      for (const statement of node.body) visit(statement, inner);
    },
    SwitchStatement(node, block, visit) {
      visit(node.discriminant, block);
      const inner = within(block, lexical(node.cases.flatMap((one) => one.consequent)));
      for (const one of node.cases) visit(one, inner);
    },
    ForStatement: (node, block, visit) =>
      base.ForStatement?.(node, loop(block, node.init), visit as never),
    ForInStatement: (node, block, visit) =>
      base.ForInStatement?.(node, loop(block, node.left), visit as never),
    ForOfStatement(node, block, visit) {
      if (node.await) suspend(node);
      base.ForOfStatement?.(node, loop(block, node.left), visit as never);
    },
    AwaitExpression(node, block, visit) {
      suspend(node);
      visit(node.argument, block);
    },
    CatchClause(node, block, visit) {
      const inner = within(block, node.param ? bound(node.param) : []);
      if (node.param) visitPattern(node.param, inner, visit);
      visit(node.body, inner);
    },
    VariableDeclaration(node, block, visit) {
      if (node.kind === "using" || node.kind === "await using") scope.disposes = true;
      base.VariableDeclaration?.(node, block, visit as never);
    },
    BinaryExpression(node, block, visit) {
      if (node.operator === "<") less = true;
      if (/^>+$/.test(node.operator)) greater = true;
      visit(node.left, block);
      visit(node.right, block);
    },
    ImportExpression(node, block, visit) {
      scope.imports.push(node);
      visit(node.source, block);
      if (node.options) visit(node.options, block);
    },
    MetaProperty(node) {
      if (node.meta.name === "import") scope.metas.push(node);
    },
  };
  recursive<Block>(program, undefined, visitors);
  scope.ambiguous = less && greater;
  return scope;
}

function visitPattern(
  pattern: Pattern,
  block: Block,
  visit: (node: AnyNode, block: Block, as?: string) => void,
): void {
  visit(pattern, block, "Pattern");
}

/** The name in `a.name` and `a["name"]`; undefined for `a[i]` and `a.#name`. */
function staticName(member: Extract<AnyNode, { type: "MemberExpression" }>): string | undefined {
  const { property, computed } = member;
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  const value = property.type === "Literal" ? property.value : undefined;
  return typeof value === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value)
    ? value
    : undefined;
}

/** The names that a pattern binds. */
export function* bound(pattern: Pattern): Generator<string> {
  if (pattern.type === "Identifier") yield pattern.name;
  else if (pattern.type === "RestElement") yield* bound(pattern.argument);
  else if (pattern.type === "AssignmentPattern") yield* bound(pattern.left);
  else if (pattern.type === "ArrayPattern") {
    for (const element of pattern.elements) if (element) yield* bound(element);
  } else if (pattern.type === "ObjectPattern") {
    for (const p of pattern.properties) yield* bound(p.type === "Property" ? p.value : p);
  }
}

function declaredBy(node: VariableDeclaration): string[] {
  return node.declarations.flatMap(({ id }) => [...bound(id)]);
}

/** Names that belong to the block itself: let, const, class, function, import. */
function* lexical(statements: readonly Program["body"][number][]): Generator<string> {
  for (const statement of statements) {
    if (statement.type === "ImportDeclaration") {
      for (const { local } of statement.specifiers) yield local.name;
    }
    const node =
      statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration"
        ? statement.declaration
        : statement;
    if (node?.type === "VariableDeclaration") {
      if (node.kind !== "var") yield* declaredBy(node);
    } else if (node?.type === "ClassDeclaration" || node?.type === "FunctionDeclaration") {
      if (node.id) yield node.id.name;
    }
  }
}

/** Names of every `var` below a node, functions and classes aside. */
function hoisted(node: AnyNode | Statement): Set<string> {
  const names = new Set<string>();
  const skip = () => {};
  recursive(node, undefined, {
    Function: skip,
    Class: skip,
    Expression: skip,
    VariableDeclaration(declaration) {
      if (declaration.kind === "var") for (const name of declaredBy(declaration)) names.add(name);
    },
  });
  return names;
}
