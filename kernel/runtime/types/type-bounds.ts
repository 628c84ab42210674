/** What describing the values that one cell left may cost, all of them together. */
export class TypeBounds {
  /** The count of values at which the clock is next asked. */
  private timedAt = Infinity;

  private constructor(
    /** Values that may still be looked at. */
    private values: number,
    /** Characters of type text that may still be made. */
    private text: number,
    private readonly until: number,
  ) {}

  /** Counts decide what is seen, so that a value gives the same type again; time is the net below. */
  static ofCell(milliseconds = 20): TypeBounds {
    return new TypeBounds(300_000, 60_000, performance.now() + milliseconds);
  }

  /** What one value may take, so that the first leaves something to the others. */
  share(): TypeBounds {
    const now = performance.now();
    const until = now + (this.until - now) * 0.75;
    const share = new TypeBounds(Math.floor(this.values / 2), Math.floor(this.text / 2), until);
    this.values -= share.values;
    this.text -= share.text;
    return share;
  }

  /** Puts back what a share did not use. */
  putBack(share: TypeBounds): void {
    this.values += Math.max(0, share.values);
    this.text += Math.max(0, share.text);
  }

  /** False when no further value may be looked at. */
  look(cost = 1): boolean {
    this.values -= cost;
    if (this.values < this.timedAt) {
      this.timedAt = this.values - 500;
      if (performance.now() > this.until) this.values = 0;
    }
    return this.values > 0;
  }

  /** False when no further text may be made. */
  write(length: number): boolean {
    this.text -= length;
    return this.text > 0;
  }
}
