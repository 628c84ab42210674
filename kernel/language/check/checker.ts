import { fileURLToPath } from "node:url";
import { CellModules, MOST_LENGTH, type Prepared } from "./cell-modules.js";
import type { CheckedText } from "./checked-text.js";
import { CompilerLost } from "./compiler.js";
import type { Declarations } from "./declarations.js";
import {
  type Context,
  isUnknownProperty,
  type TypeProblem,
  toProblem,
  UNKNOWN_NAME,
} from "./problem.js";

/** A cell that was checked, and what has to be known to take it in. */
export interface Verdict {
  problems: TypeProblem[];
  /** The prelude it was checked with: a later one may tell more. */
  prelude: string;
  cell: CheckedText;
  module: number;
}

const LINE_END = /\r\n|[\r\n]/;

/** Checks the cells of a notebook one after the other, each knowing what those before it declared. */
export class Checker extends CellModules {
  /** What is wrong with a cell's types. @throws CompilerLost when nobody can tell */
  async check(cell: CheckedText): Promise<Verdict> {
    if (cell.text.length > MOST_LENGTH) {
      throw new CompilerLost("the cell is longer than a million characters");
    }
    this.running();
    this.refresh(cell.text);
    const prepared = this.prepare(cell, "refined");
    try {
      return await this.verdict(cell, prepared);
    } catch (error) {
      // What the compiler could not bear is not handed to the next one.
      if (!this.kept.has(prepared.module)) this.workspace.empty(prepared.module);
      throw error;
    }
  }

  private async verdict(cell: CheckedText, prepared: Prepared): Promise<Verdict> {
    const { module, prelude, declarations } = prepared;
    const found = await this.problems(prepared);
    const isRefined = found.length > 0 && prelude.includes(".Refined<");
    const sorted = isRefined ? await this.sorted(found, cell, declarations) : found;
    const isUnknown = sorted.some(({ code }) => UNKNOWN_NAME.has(code));
    const problems = isUnknown ? await this.named(sorted, cell) : sorted;
    return { problems, prelude, cell, module };
  }

  /** What is wrong only because of what values turned out to be is wrong in this run alone. */
  private async sorted(problems: TypeProblem[], cell: CheckedText, { writes }: Declarations) {
    const declared = await this.problems(this.prepare(cell, "declared"));
    const errors = declared.filter(({ severity }) => severity === "error");
    const certain = new Set(errors.map(placeOf));
    const sorted = problems.flatMap((problem): TypeProblem[] => {
      if (certain.has(placeOf(problem))) return [problem];
      const { line, column } = problem;
      if (writes.has(`${line}:${column}`)) return [];
      return [isUnknownProperty(problem) ? problem : { ...problem, severity: "warning" }];
    });
    if (sorted.every(({ severity }) => severity === "error")) return sorted;
    // That rows which nobody looked at may lack a value is no reason to warn.
    const seen = new Set((await this.problems(this.prepare(cell, "seen"))).map(placeOf));
    return sorted.filter((one) => one.severity === "error" || seen.has(placeOf(one)));
  }

  /** Has the compiler find what a misspelt name may have meant, among all names that there are. */
  private async named(problems: TypeProblem[], cell: CheckedText): Promise<TypeProblem[]> {
    const place = ({ line, column }: TypeProblem) => `${line}:${column}`;
    const found = (await this.problems(this.prepare(cell, "refined", this.names())))
      .filter(({ code }) => UNKNOWN_NAME.has(code))
      .map((problem): [string, TypeProblem] => [place(problem), problem]);
    const better = new Map(found);
    return problems.map((problem) =>
      UNKNOWN_NAME.has(problem.code) ? (better.get(place(problem)) ?? problem) : problem,
    );
  }

  /** Whether a verdict would be the same now. */
  isFresh({ cell, prelude }: Verdict): boolean {
    if (!this.isRunning || this.refresh(cell.text)) return false;
    return this.preludeOf(cell, "refined").prelude === prelude;
  }

  private async problems({ module, text, declarations }: Prepared) {
    const { workspace, meanings } = this;
    const found = await this.running().diagnostics(workspace.path(module));
    const declared = new Set(declarations.declared.map(({ name }) => name));
    const context: Context = {
      lines: text.split(LINE_END).length,
      noImplicitAny: workspace.config.noImplicitAny,
      folder: this.folder,
      place: (uri) => {
        const file = fileURLToPath(uri);
        const module = workspace.moduleOf(file);
        return module === undefined ? { file } : { module };
      },
      names: this.names(),
      before: (name) => meanings.get(name)?.kind,
      isOwn: (name) => declared.has(name),
    };
    return found.flatMap((one) => toProblem(one, context) ?? []);
  }

  private names(): string[] {
    return [...this.meanings.beginningWith(""), ...this.libraries.roots()];
  }
}

function placeOf({ code, line, column }: TypeProblem): string {
  return `${code}:${line}:${column}`;
}
