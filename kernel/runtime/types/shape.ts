/** What was seen at one place: in a variable, in a column, in all items of an array. */
export class Shape {
  /** Nothing sharper than `any` can be said. */
  any = false;
  /** Not all of its values were seen. */
  partial = false;
  null = false;
  undefined = false;
  /** Primitives and classes, by the text of their types. */
  readonly names = new Set<string>();
  record?: RecordShape;
  dictionary?: Shape;
  array?: Shape;
  /** Own properties of the arrays beside their items. */
  extras?: RecordShape;
  set?: Shape;
  map?: { key: Shape; value: Shape };
  /** The primitive seen last: a column mostly holds what it held before. */
  latest = "";

  /** How many kinds of value were seen, null and undefined not counted. */
  get kinds(): number {
    const structures = [this.record, this.dictionary, this.array, this.set, this.map];
    return this.names.size + structures.filter((structure) => structure !== undefined).length;
  }
}

export interface Column {
  readonly name: string;
  readonly shape: Shape;
  /** Records that have it. */
  count: number;
}

/** Records merged into one: the union of their keys. */
export class RecordShape {
  /** Records seen. */
  count = 0;
  private readonly byName = new Map<string, Column>();
  readonly columns: Column[] = [];

  find(name: string): Column | undefined {
    return this.byName.get(name);
  }

  add(name: string): Column {
    const column = { name, shape: new Shape(), count: 0 };
    this.byName.set(name, column);
    this.columns.push(column);
    return column;
  }
}
