import type { Explanation } from "../language/check/hover.js";
import type { CheckedText, Checker, Suggestions, Verdict } from "../language/check/index.js";
import type { LibraryName } from "../language/check/libraries.js";
import type { ErrorReport } from "../runtime/bridge.js";
import { language, checker as loadChecker } from "../runtime/language.js";
import { type CheckMode, modeOfCell, modeSetBy } from "./check-mode.js";
import { typeReport, typeWarning } from "./type-report.js";

/** What is known of a cell before it runs. */
export interface Outcome {
  /** The cell does not run. */
  error?: ErrorReport;
  /** What its user is told while it runs. */
  notice?: string;
}

/** A compiler that is lost so often with no answer between is not started again by itself. */
const MOST_LOSSES = 3;

/** Checks cells before they run, as strictly as the user wants, and never longer than two seconds. */
export class TypeCheck {
  private made: Checker | undefined;
  private names: readonly LibraryName[] = [];
  private losses = 0;
  /** What ran, by module of the checker. */
  private readonly cells = new Map<number, number>();
  private ahead: { source: string; verdict: Promise<Verdict | Error> } | undefined;
  private latest: [cell: CheckedText, count: number] | undefined;
  private saidHow = false;

  constructor(
    private readonly folder: string,
    public mode: CheckMode,
  ) {}

  /** False when cells need not wait for a compiler. */
  get isOn(): boolean {
    return this.mode !== "off" || this.made !== undefined;
  }

  /** The checker, once there is one; it loads when it is first wanted. */
  get checker(): Checker {
    if (!this.made) {
      const { Checker } = loadChecker();
      this.made = new Checker(this.folder);
      this.made.offer(this.names);
    }
    return this.made;
  }

  offer(names: readonly LibraryName[]): void {
    this.names = names;
    this.made?.offer(names);
  }

  /** Starts the compiler ahead of the first cell. */
  warmUp(): void {
    if (this.mode === "off" || this.losses >= MOST_LOSSES) return;
    void this.checker.warmUp().catch((error) => this.lost(error));
  }

  /** Checks the cell whose turn is next while the one before it runs. */
  prepare(source: string, declared: readonly string[]): void {
    if (this.modeFor(source) === "off") return;
    const cell = this.textOf(source, declared);
    if (!cell) return;
    const verdict = this.checker.check(cell).catch((error: Error) => error);
    this.ahead = { source, verdict };
  }

  /** What is wrong with a cell; one that runs is known to those after it from then on. */
  async before(
    source: string,
    declared: readonly string[],
    count: number,
    silent: boolean,
  ): Promise<Outcome> {
    const mode = silent ? "off" : this.modeFor(source);
    this.mode = modeSetBy(source) ?? this.mode;
    const cell = this.textOf(source, declared);
    if (!cell) return {};
    if (mode === "off") {
      this.commit(cell, count);
      return {};
    }
    const verdict = await this.verdict(source, cell);
    if (verdict instanceof Error) {
      // Whatever in it the compiler could not bear, the next cells need not meet it.
      const text = declared.map((name) => `declare let ${name}: any;`).join(" ");
      this.commit({ text, declared }, count);
      return { notice: this.lost(verdict) };
    }
    this.losses = 0;
    const problems = forgiven(verdict.problems, source);
    const cellOf = (module: number) =>
      module === verdict.module ? undefined : this.cells.get(module);
    if (mode === "strict" && problems.some(({ severity }) => severity === "error")) {
      const error = typeReport(problems, source, count, cellOf);
      if (!this.saidHow) {
        error.traceback.push(
          "",
          "the cell was not run; to run such cells all the same: %check warn",
        );
        this.saidHow = true;
      }
      return { error };
    }
    this.commit(cell, count);
    if (problems.length === 0) return {};
    return { notice: typeWarning(problems, source, count, cellOf) };
  }

  /** What types say may stand at a cursor; undefined when no compiler can tell. */
  async suggestions(code: string, cursor: number): Promise<Suggestions | undefined> {
    return this.asked(code, cursor, async (text, at) => {
      const found = await loadChecker().suggestions(this.checker, text, at);
      const moved = cursor - at;
      return found && { ...found, start: found.start + moved, end: found.end + moved };
    });
  }

  /** What types say of the name at a cursor. */
  async explain(code: string, cursor: number, detail: number): Promise<Explanation | undefined> {
    return this.asked(code, cursor, (text, at) =>
      loadChecker().explain(this.checker, text, at, detail > 0),
    );
  }

  /** Those of the names whose values could tell more than their declarations. */
  refinable(names: Iterable<string>): string[] {
    return this.made?.isRunning ? this.made.refinable(names) : [];
  }

  refine(types: Readonly<Record<string, string | null>>): void {
    this.made?.refine(types);
  }

  /** Forgets all cells but the one that runs and asked for it. */
  forget(): void {
    this.ahead = undefined;
    this.made?.forget();
    if (this.made && this.latest) this.commit(...this.latest);
  }

  /** Packages were installed: what was missing may be there. */
  installed(): void {
    this.ahead = undefined;
    if (this.made?.isRunning) this.made.restart();
  }

  stop(): void {
    this.made?.stop();
  }

  /** Asks of what a compiler sees at a cursor; undefined where that is not code. */
  private async asked<T>(
    code: string,
    cursor: number,
    ask: (text: string, cursor: number) => Promise<T>,
  ): Promise<T | undefined> {
    if (!this.made?.isRunning) return undefined;
    const text = this.textOf(code, [])?.text;
    if (text === undefined) return undefined;
    const lines = code.slice(0, cursor).split("\n");
    const line = lines.pop() as string;
    const start = lines.reduce((at) => text.indexOf("\n", at) + 1, 0);
    // Of a magic, only what is left of it is TypeScript.
    const left = text.slice(start, start + line.length).replace(/^;\{?\s+/, "");
    if (!line.endsWith(left) || (left === "" && line.trim() !== "")) return undefined;
    return ask(text, start + line.length).catch((error) => {
      this.lost(error);
      return undefined;
    });
  }

  private textOf(source: string, declared: readonly string[]): CheckedText | undefined {
    const isKnown = (name: string) =>
      declared.includes(name) || name in globalThis || this.made?.knows(name) === true;
    const text = language().checkable(source, isKnown);
    return text && { ...text, declared };
  }

  private modeFor(source: string): CheckMode {
    if (this.losses >= MOST_LOSSES) return "off";
    return modeOfCell(source) ?? modeSetBy(source) ?? this.mode;
  }

  private commit(cell: CheckedText, count: number): void {
    this.latest = [cell, count];
    const module = this.checker.commit(cell);
    if (module !== undefined) this.cells.set(module, count);
  }

  private async verdict(source: string, cell: CheckedText): Promise<Verdict | Error> {
    const { ahead, checker } = this;
    this.ahead = undefined;
    if (ahead?.source === source) {
      const verdict = await ahead.verdict;
      // The cell before may have shown what a value is.
      if (verdict instanceof Error || checker.isFresh(verdict)) return verdict;
    }
    return checker.check(cell).catch((error: Error) => error);
  }

  /** Gives the compiler up, and starts another behind the cell. */
  private lost(error: Error): string {
    this.made?.stop();
    this.losses++;
    const again = this.losses < MOST_LOSSES;
    if (again) setImmediate(() => this.warmUp());
    const then = again ? "it is started again" : "no cell is checked from here on";
    return `types were not checked: the compiler is lost, ${error.message}; ${then}\n`;
  }
}

/** A package that the cell itself installs may be missing still. */
function forgiven(problems: Verdict["problems"], source: string): Verdict["problems"] {
  if (!/^[ \t]*%install\b/m.test(source)) return problems;
  return problems.filter(({ code }) => code !== 2307 && code !== 7016);
}
