import { type Expression, parse } from "acorn";
import { transform } from "esbuild";
import { didYouMean, InputError } from "../extension/index.js";
import { type CodeCell, hasTag, type Notebook } from "./nbformat.js";

/** What a parameter's default says about its values. */
export type ParameterKind = "number" | "boolean" | "string" | "array" | "object" | "any";

/** The parameters of a notebook by name: the top-level declarations of its `parameters` cell. */
export type Parameters = Map<string, ParameterKind>;

/**
 * Reads the cell tagged `parameters`; a notebook without one has none.
 *
 * @throws InputError when the cell is no TypeScript.
 */
export async function readParameters(notebook: Notebook): Promise<Parameters> {
  const parameters: Parameters = new Map();
  const cell = parametersCell(notebook);
  if (cell === undefined) return parameters;
  for (const statement of (await parseTypeScript(cell)).body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier") parameters.set(id.name, kindOf(init ?? undefined));
    }
  }
  return parameters;
}

/**
 * The notebook with an `injected-parameters` cell after its `parameters` cell; one that is there
 * already is replaced.
 *
 * @throws InputError with the nearest name for a parameter that the notebook does not have.
 */
export async function injectParameters(
  notebook: Notebook,
  values: Readonly<Record<string, unknown>>,
): Promise<Notebook> {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  const parameters = await readParameters(notebook);
  const lines = Object.entries(values).map(([name, value]) => {
    expectParameter(name, parameters);
    // `let` widens: with `const` the checker would know the one value and reject comparisons.
    return `let ${name} = ${JSON.stringify(value)};`;
  });
  if (lines.length === 0) return { ...notebook, cells };
  const injected: CodeCell = {
    cell_type: "code",
    execution_count: null,
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source: ["// Parameters", ...lines].join("\n"),
  };
  const at = cells.findIndex((cell) => hasTag(cell, "parameters"));
  return { ...notebook, cells: cells.toSpliced(at + 1, 0, injected) };
}

/** @throws InputError with the nearest name when there is no such parameter. */
export function expectParameter(name: string, parameters: Parameters): ParameterKind {
  const kind = parameters.get(name);
  if (kind !== undefined) return kind;
  const names = [...parameters.keys()];
  const known =
    names.length === 0
      ? "the notebook has no cell tagged parameters"
      : `the notebook's parameters are ${names.join(", ")}`;
  throw new InputError(
    `there is no parameter ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`,
  );
}

function parametersCell(notebook: Notebook): CodeCell | undefined {
  const cell = notebook.cells.find((cell) => hasTag(cell, "parameters"));
  return cell?.cell_type === "code" ? cell : undefined;
}

async function parseTypeScript(cell: CodeCell) {
  try {
    const { code } = await transform(cell.source, {
      loader: "ts",
      target: "esnext",
      logLevel: "silent",
    });
    return parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
    });
  } catch (error) {
    const why = (error as Error).message;
    throw new InputError(`the parameters cell (${cell.id}) is not valid TypeScript: ${why}`);
  }
}

function kindOf(init: Expression | undefined): ParameterKind {
  switch (init?.type) {
    case "ArrayExpression":
      return "array";
    case "ObjectExpression":
      return "object";
    case "TemplateLiteral":
      return "string";
    case "UnaryExpression":
      if (init.operator === "!") return "boolean";
      return init.operator === "-" || init.operator === "+" ? "number" : "any";
    case "Literal": {
      const kind = typeof init.value;
      return kind === "string" || kind === "number" || kind === "boolean" ? kind : "any";
    }
    default:
      return "any";
  }
}
