const UNSET = { value: undefined, writable: true, enumerable: true, configurable: true };

/** The names that cells declared, and what stood in their place before. */
export class UserNames {
  private readonly before = new Map<string, PropertyDescriptor | undefined>();
  private readonly kept: ReadonlyMap<string, PropertyDescriptor>;
  private latest: ReadonlySet<string> = new Set();

  /** @param kept names of the kernel that cells may assign without declaring them */
  constructor(
    private readonly scope: Record<string, unknown>,
    kept: readonly string[],
  ) {
    this.kept = new Map(
      kept.map((name) => [name, Object.getOwnPropertyDescriptor(scope, name) ?? {}]),
    );
  }

  /** A cell that declares these names is about to run; imports make their names by themselves. */
  declare(names: readonly string[], imported: readonly string[]): void {
    this.latest = new Set(names);
    for (const name of names) {
      if (this.before.has(name)) continue;
      const before = Object.getOwnPropertyDescriptor(this.scope, name);
      this.before.set(name, before);
      // What `var` makes by itself can never be deleted again.
      if (!before && !imported.includes(name)) Object.defineProperty(this.scope, name, UNSET);
    }
  }

  /** The names with their values; a getter is not called. */
  entries(): [name: string, value: unknown][] {
    return [...this.before.keys()].flatMap((name): [string, unknown][] => {
      const property = Object.getOwnPropertyDescriptor(this.scope, name);
      return property && "value" in property ? [[name, property.value]] : [];
    });
  }

  /** Puts everything back as it was before any cell ran. */
  forget(): void {
    for (const [name, property] of this.kept) this.restore(name, property);
    for (const [name, property] of this.before) {
      // The rest of the running cell still assigns what it declares.
      if (this.latest.has(name)) this.scope[name] = undefined;
      else {
        this.restore(name, property);
        this.before.delete(name);
      }
    }
  }

  private restore(name: string, property: PropertyDescriptor | undefined): void {
    // A function that a cell declared can be neither deleted nor defined anew.
    if (Object.getOwnPropertyDescriptor(this.scope, name)?.configurable === false) {
      this.scope[name] = property?.get ? property.get.call(this.scope) : property?.value;
    } else if (property) Object.defineProperty(this.scope, name, property);
    else delete this.scope[name];
  }
}
