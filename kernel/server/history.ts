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
      const pattern = String(request.pattern ?? "*");
      return this.entries.filter(({ input }) => fits(pattern, input));
    }
    if (request.hist_access_type === "range") {
      const start = Number(request.start ?? 0);
      const stop = Number(request.stop ?? Number.POSITIVE_INFINITY);
      return this.entries.filter(({ line }) => line >= start && line < stop);
    }
    return this.entries;
  }
}

/** `*` and `?` as a shell reads them, over the whole cell; no pattern makes it look back far. */
function fits(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let i = 0; i < text.length; ) {
    const wanted = pattern[at];
    if (wanted === "*") {
      star = at++;
      afterStar = i;
    } else if (wanted === "?" || wanted === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      // The last star takes one letter more; what stands before it stays where it was found.
      at = star + 1;
      i = ++afterStar;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
