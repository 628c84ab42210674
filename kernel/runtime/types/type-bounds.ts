/** What describing the values that one cell left may cost, all of them together. */
export class TypeBounds {
  private constructor(
    /** Values that may still be looked at. */
    values: number,
    /** Characters of type text that may still be made. */
    text: number,
    /** Milliseconds by `performance.now()`. */
    private readonly until: number,
  ) {
    this.values = values;
    this.text = text;
  }

  private values: number;
  private text: number;
  /** The count of values at which the clock is next asked. */
  private timedAt = Infinity;

  /** Counts alone decide what is seen, so that a value gives the same type again; time is the net. */
  static ofCell(): TypeBounds {
    return new TypeBounds(300_000, 60_000, performance.now() + 20);
  }

  /** Half of what is left, so that the first value leaves something to the others. */
  share(): TypeBounds {
    const now = performance.now();
    const share = new TypeBounds(
      Math.floor(this.values / 2),
      Math.floor(this.text / 2),
      now + (this.until - now) / 2,
    );
    this.values -= share.values;
    this.text -= share.text;
    return share;
  }

  /** Puts back what a share did not use. */
  return(share: TypeBounds): void {
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
