import { listedExtensions } from "../extension/loader.js";
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

/** Why there is no verdict on a cell. */
interface Unchecked {
  notice: string;
  /** The compiler did not survive it. */
  isFatal: boolean;
}

/** A compiler that is lost so often with no answer between is not started again by itself. */
const MOST_LOSSES = 3;
/** Cells that are remembered while none is checked. */
const MOST_UNSEEN = 1_000;

/** What a cell itself brings is not there when it is checked. */
const INSTALLS = /^[ \t]*%install\b/m;
const NO_PACKAGE = new Set([2307, 7016]);
const LOADS = /^[ \t]*%load\b/m;
const NO_NAME = new Set([2304, 2339, 2503, 2551, 2552]);

/** Checks cells before they run, as strictly as the user wants, and never longer than two seconds. */
export class TypeCheck {
  private made: Checker | undefined;
  private names: readonly LibraryName[] = [];
  private losses = 0;
  private latest: [cell: CheckedText, count: number] | undefined;
  private ended = false;
  /** The numbers of the cells that ran. */
  private readonly counts = new WeakMap<CheckedText, number>();
  /** What ran before anything was to be checked. */
  private readonly unseen: { source: string; declared: readonly string[]; count: number }[] = [];
  /** Why no cell is checked any more, as long as nobody was told. */
  private untold: string | undefined;
  private ahead: { source: string; verdict: Promise<Verdict | Unchecked> } | undefined;
  private saidHow = false;
  /** A cell ran, and so the user's extensions were loaded. */
  private loaded = false;

  constructor(
    private readonly folder: string,
    public mode: CheckMode,
  ) {}

  /** False when a cell need not wait for a compiler. */
  concerns(source: string): boolean {
    return this.made !== undefined || this.modeFor(source) !== "off";
  }

  /** The checker, once there is one; it loads when it is first wanted. */
  get checker(): Checker {
    if (!this.made) {
      const { Checker } = loadChecker();
      this.made = new Checker(this.folder);
      this.made.offer(this.names);
      for (const { source, declared, count } of this.unseen.splice(0)) {
        const cell = this.textOf(source, declared);
        if (cell) this.commit(cell, count);
      }
    }
    return this.made;
  }

  offer(names: readonly LibraryName[]): void {
    this.names = names;
    this.made?.offer(names);
    // The cell that runs may have asked for them.
    if (this.made && this.latest) this.commit(...this.latest);
  }

  /** Starts the compiler ahead of the first cell. */
  warmUp(): void {
    if (this.modeFor("") === "off") return;
    void this.checker.warmUp().catch((error) => this.lost(error));
  }

  /** Checks the cell whose turn is next while the one before it runs. */
  prepare(source: string, declared: readonly string[]): void {
    if (this.modeFor(source) === "off") return;
    const cell = this.textOf(source, declared);
    if (!cell) return;
    this.ahead = { source, verdict: this.check(cell) };
  }

  /** A cell runs that nobody checks: what it declares is known when cells are checked again. */
  ran(source: string, declared: readonly string[], count: number): void {
    this.unseen.push({ source, declared, count });
    if (this.unseen.length > MOST_UNSEEN) this.unseen.shift();
  }

  /** What is wrong with a cell; one that runs is known to those after it from then on. */
  async before(
    source: string,
    declared: readonly string[],
    count: number,
    silent: boolean,
  ): Promise<Outcome> {
    const set = modeSetBy(source);
    if (set) this.mode = set;
    if (set && set !== "off") this.losses = 0;
    const mode = silent ? "off" : this.modeFor(source);
    const loadsExtensions = await this.isFirstToLoad();
    const cell = this.textOf(source, declared);
    if (!cell) return {};
    if (mode === "off") {
      this.commit(cell, count);
      return silent ? {} : this.told();
    }
    const verdict = await this.verdict(source, cell);
    if ("notice" in verdict) {
      // Whatever in it the compiler could not bear, the next cells need not meet it.
      this.commit(verdict.isFatal ? this.checker.unread(cell) : cell, count);
      this.untold = undefined;
      return { notice: verdict.notice };
    }
    const complaints = this.checker.complaints().map((text) => `tsconfig.json: ${text}\n`);
    const problems = verdict.problems.filter(
      ({ code }) =>
        !(INSTALLS.test(source) && NO_PACKAGE.has(code)) &&
        !((LOADS.test(source) || loadsExtensions) && NO_NAME.has(code)),
    );
    const cellOf = (module: number) => {
      const other = module === verdict.module ? undefined : this.checker.cellIn(module);
      return other && this.counts.get(other);
    };
    if (mode === "strict" && problems.some(({ severity }) => severity === "error")) {
      const error = typeReport(problems, source, count, cellOf);
      if (!this.saidHow) {
        error.traceback.push(
          "",
          "the cell was not run; to run such cells all the same: %check warn",
        );
        this.saidHow = true;
      }
      return { error, notice: complaints.join("") };
    }
    this.commit(cell, count);
    const warning = problems.length > 0 ? typeWarning(problems, source, count, cellOf) : "";
    return { notice: complaints.join("") + warning };
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
    this.unseen.length = 0;
    this.made?.forget();
    if (this.made && this.latest) this.commit(...this.latest);
  }

  /** Packages were installed: what was missing may be there. */
  installed(): void {
    this.ahead = undefined;
    if (this.made?.isRunning) this.made.restart();
  }

  /** For good. */
  stop(): void {
    this.ended = true;
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

  /** Whether this cell will load the extensions that the folder lists: what they bring is not known yet. */
  private async isFirstToLoad(): Promise<boolean> {
    if (this.loaded) return false;
    this.loaded = true;
    return (await listedExtensions(this.folder).catch(() => [])).length > 0;
  }

  private modeFor(source: string): CheckMode {
    if (this.ended || this.losses >= MOST_LOSSES) return "off";
    return modeOfCell(source) ?? modeSetBy(source) ?? this.mode;
  }

  private commit(cell: CheckedText, count: number): void {
    this.latest = [cell, count];
    this.counts.set(cell, count);
    this.checker.commit(cell);
  }

  private async verdict(source: string, cell: CheckedText): Promise<Verdict | Unchecked> {
    const { ahead } = this;
    this.ahead = undefined;
    if (ahead?.source === source) {
      const verdict = await ahead.verdict;
      // The cell before may have shown what a value is.
      if ("notice" in verdict || this.checker.isFresh(verdict)) return verdict;
    }
    return this.check(cell);
  }

  private async check(cell: CheckedText): Promise<Verdict | Unchecked> {
    try {
      const verdict = await this.checker.check(cell);
      this.losses = 0;
      return verdict;
    } catch (error) {
      const isFatal = !this.checker.isRunning;
      return { notice: this.lost(error as Error), isFatal };
    }
  }

  /** What a user is told of a cell that was not checked; a compiler that is lost starts again behind it. */
  private lost({ message }: Error): string {
    const what = `types were not checked: ${message.split("\n", 1)[0]}`;
    if (this.made?.isRunning) return `${what}\n`;
    this.losses++;
    if (this.losses < MOST_LOSSES) {
      setImmediate(() => this.warmUp());
      return `${what}; the compiler is started again\n`;
    }
    this.untold = `${what}; no cell is checked from here on, until %check strict\n`;
    return this.untold;
  }

  private told(): Outcome {
    const { untold } = this;
    this.untold = undefined;
    return untold === undefined ? {} : { notice: untold };
  }
}
