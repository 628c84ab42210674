const KEEP = 1_000;
const LARGE = 10_000_000;

/**
 * `In`, `Out`, `_`, `__`, `___` and `_3`: what was typed and what came of it.
 *
 * The last 1,000 results are kept; letting a large one go is said on stderr, once for each.
 */
export class Outputs {
  readonly In: Record<number, string> = {};
  readonly Out: Record<number, unknown> = {};
  private readonly kept: number[] = [];
  private recent: unknown[] = [undefined, undefined, undefined];

  constructor(private readonly scope: Record<string, unknown>) {
    scope.In = this.In;
    scope.Out = this.Out;
  }

  typed(count: number, source: string): void {
    this.In[count] = source;
    delete this.In[count - KEEP];
  }

  result(count: number, value: unknown): void {
    if (value === undefined) return;
    this.Out[count] = value;
    this.kept.push(count);
    this.scope[`_${count}`] = value;
    const before = this.recent;
    this.recent = [value, before[0], before[1]];
    for (const [n, name] of ["_", "__", "___"].entries()) {
      // A name that the user took for something else is the user's.
      if (this.scope[name] === before[n]) this.scope[name] = this.recent[n];
    }
    if (this.kept.length > KEEP) this.letGo(this.kept.shift() as number);
  }

  /** Lets all results go. */
  forget(): void {
    for (const count of this.kept.splice(0)) {
      if (this.scope[`_${count}`] === this.Out[count]) delete this.scope[`_${count}`];
      delete this.Out[count];
    }
    for (const [n, name] of ["_", "__", "___"].entries()) {
      if (this.scope[name] === this.recent[n]) this.scope[name] = undefined;
    }
    this.recent = [undefined, undefined, undefined];
  }

  private letGo(count: number): void {
    const value = this.Out[count];
    const size = bytes(value);
    if (size > LARGE) {
      console.warn(
        `Out[${count}] (${Math.round(size / 1e6)} MB) is let go: the last ${KEEP} results are kept`,
      );
    }
    delete this.Out[count];
    if (this.scope[`_${count}`] === value) delete this.scope[`_${count}`];
  }
}

function bytes(value: unknown): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  if (typeof value === "string") return value.length * 2;
  if (Array.isArray(value)) return value.length * 8;
  return 0;
}
