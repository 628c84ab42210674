import { glob } from "./glob.js";
import type { HistoryFolder, PastCell } from "./history-folder.js";

interface Entry extends PastCell {
  session: number;
}

type Shown = [number, number, string | [string, string | null]];

const MOST_CELLS = 10_000;
const MOST_LETTERS = 2_000_000;
const LONGEST_INPUT = 100_000;
const OUTPUT = /^[\s\S]{0,10000}/u;
/** So many a `tail` gives that names no number, as IPython's. */
const TAIL = 10;
/** What runs at once is written at once. */
const WRITE_MS = 100;

/**
 * What was run in this kernel and in earlier ones: `tail`, `range` and `search`, as front ends ask.
 *
 * Nothing is read before somebody asks, and cells are written down after they ended. Where that
 * cannot be, the kernel remembers its own. Every session has its true number in answers.
 */
export class History {
  private readonly own: PastCell[] = [];
  private letters = 0;
  private running: PastCell | undefined;
  private session: number | undefined;
  private unwritten: PastCell[] = [];
  private writing = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: HistoryFolder | undefined) {}

  started(line: number, input: string): void {
    this.running = { line, input, output: null };
  }

  /** The cell that was started last ended, perhaps with a result as text. */
  ended(output: unknown): void {
    const cell = this.running;
    this.running = undefined;
    if (!cell || cell.input.length > LONGEST_INPUT) return;
    if (typeof output === "string") cell.output = OUTPUT.exec(output)?.[0] ?? "";
    this.own.push(cell);
    this.letters += lettersOf(cell);
    while (this.own.length > MOST_CELLS || this.letters > MOST_LETTERS) {
      this.letters -= lettersOf(this.own.shift() as PastCell);
    }
    if (!this.folder) return;
    this.unwritten.push(cell);
    this.timer ??= setTimeout(() => this.write(), WRITE_MS).unref();
  }

  /** Resolves when all is written down, the cell that runs included. */
  close(): Promise<void> {
    this.ended(undefined);
    return this.write();
  }

  async answer(request: Record<string, unknown>): Promise<Shown[]> {
    await this.write();
    const { hist_access_type: type, unique } = request;
    const n = request.n ?? (type === "tail" ? TAIL : undefined);
    const most = type !== "range" && typeof n === "number" && n >= 0 ? n : MOST_CELLS;
    let found = await this.select(request, most);
    if (unique === true) {
      const last = new Map(found.map((entry) => [entry.input, entry]));
      found = found.filter((entry) => last.get(entry.input) === entry);
    }
    return found
      .slice(Math.max(0, found.length - most))
      .map(({ session, line, input, output }) => [
        session,
        line,
        request.output === true ? [input, output] : input,
      ]);
  }

  private async select(request: Record<string, unknown>, most: number): Promise<Entry[]> {
    if (request.hist_access_type === "range") {
      const start = Number(request.start ?? 0);
      const stop = Number(request.stop ?? Number.POSITIVE_INFINITY);
      const cells = await this.cellsOf(Number(request.session ?? 0));
      return cells.filter(({ line }) => line >= start && line < stop);
    }
    if (request.hist_access_type === "search") {
      const fits = glob(String(request.pattern ?? "*"));
      return (await this.latest(MOST_CELLS)).filter(({ input }) => fits(input));
    }
    return this.latest(request.unique === true ? MOST_CELLS : most);
  }

  /** The cells of one session: 0 is this one, negative ones are so many before, others as numbered. */
  private async cellsOf(which: number): Promise<Entry[]> {
    const own = await this.number();
    const session = which > 0 ? which : own + which;
    if (session === own) return this.ownCells(own);
    const cells = (await this.folder?.read(session)) ?? [];
    return cells.map((cell) => ({ session, ...cell }));
  }

  /** The latest cells of all sessions, this one's at the end. */
  private async latest(most: number): Promise<Entry[]> {
    const own = await this.number();
    let found = this.ownCells(own);
    for (const session of (await this.folder?.sessions()) ?? []) {
      if (found.length >= most) break;
      if (session !== own) found = [...(await this.cellsOf(session)), ...found];
    }
    return found.slice(-MOST_CELLS);
  }

  private ownCells(session: number): Entry[] {
    const cells = this.running ? [...this.own, this.running] : this.own;
    return cells.map((cell) => ({ session, ...cell }));
  }

  /** This session's number, or what it would be now: a kernel that ran nothing has none. */
  private async number(): Promise<number> {
    return this.session ?? ((await this.folder?.sessions())?.[0] ?? 0) + 1;
  }

  private write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // History is no reason for anything to fail: what cannot be written is not.
    this.writing = this.writing.then(() => this.append()).catch(() => {});
    return this.writing;
  }

  private async append(): Promise<void> {
    const cells = this.unwritten.splice(0);
    if (!this.folder || cells.length === 0) return;
    this.session ??= await this.folder.begin();
    await this.folder.append(this.session, cells, this.own);
  }
}

function lettersOf({ input, output }: PastCell): number {
  return input.length + (output?.length ?? 0);
}
