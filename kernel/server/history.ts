/** One cell as history remembers it. */
interface Entry {
  session: number;
  line: number;
  input: string;
  output: string | null;
}

type Shown = [number, number, string | [string, string | null]];

const KEEP = 10_000;

/** What was run in this kernel: `tail`, `range` and `search`, as front ends ask for it. */
export class History {
  private entries: Entry[] = [];

  add(line: number, input: string): void {
    this.entries.push({ session: 0, line, input, output: null });
    if (this.entries.length > KEEP) this.entries.shift();
  }

  /** The text of a cell's result. */
  result(line: number, output: string): void {
    const entry = this.entries.findLast((entry) => entry.line === line);
    if (entry) entry.output = output;
  }

  answer(request: Record<string, unknown>): Shown[] {
    let found = this.select(request);
    if (request.unique === true) {
      const last = new Map(found.map((entry) => [entry.input, entry]));
      found = found.filter((entry) => last.get(entry.input) === entry);
    }
    const n = Number(request.n ?? Number.NaN);
    if (request.hist_access_type !== "range" && n >= 0) {
      found = n === 0 ? [] : found.slice(-n);
    }
    const withOutput = request.output === true;
    return found.map(({ session, line, input, output }) => [
      session,
      line,
      withOutput ? [input, output] : input,
    ]);
  }

  private select(request: Record<string, unknown>): Entry[] {
    if (request.hist_access_type === "search") {
      const pattern = glob(String(request.pattern ?? "*"));
      return this.entries.filter(({ input }) => pattern.test(input));
    }
    if (request.hist_access_type === "range") {
      const start = Number(request.start ?? 0);
      const stop = Number(request.stop ?? Number.POSITIVE_INFINITY);
      return this.entries.filter(({ line }) => line >= start && line < stop);
    }
    return this.entries;
  }
}

/** `*` and `?` as a shell reads them, over the whole cell. */
function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$+.()|{}[\]]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`);
}
