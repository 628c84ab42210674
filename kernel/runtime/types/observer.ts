import { types } from "node:util";
import { itemCount, seen } from "../own-data.js";
import { arrowType } from "./arrow-type.js";
import { builtinClass } from "./builtin-class.js";
import { isPartial, sample } from "./sample.js";
import { type Column, RecordShape, Shape } from "./shape.js";
import type { TypeBounds } from "./type-bounds.js";

const DEPTH = 6;
/** Keys from which on an object whose values share a type is a dictionary. */
const MANY = 100;
/** Keys beyond which nothing else is said of an object. */
const MOST = 300;
/** Properties that a library puts on the arrays it returns: d3-dsv's `columns`. */
const EXTRAS = ["columns"];
/** What asking the extensions counts as, in values looked at. */
const ASKED = 50;

/** Fills shapes with what values are, without running a getter, a proxy's trap or a user's code. */
export class Observer {
  private readonly inside: object[] = [];

  constructor(
    private readonly bounds: TypeBounds,
    private readonly extensions: (value: unknown) => string | undefined,
  ) {}

  see(shape: Shape, value: unknown): void {
    if (shape.any) return;
    if (value === null) shape.null = true;
    else if (value === undefined) shape.undefined = true;
    else if (typeof value === "function") shape.any = true;
    else if (typeof value !== "object") {
      shape.latest = typeof value;
      shape.names.add(typeof value);
    } else if (!this.mayEnter(value)) shape.any = true;
    else if (!this.bounds.look()) {
      // What was seen here before still holds, but it may not be all.
      if (shape.kinds === 0) shape.any = true;
      else shape.partial = true;
    } else {
      this.inside.push(value);
      this.object(shape, value);
      this.inside.pop();
    }
  }

  private mayEnter(value: object): boolean {
    return this.inside.length < DEPTH && !types.isProxy(value) && !this.inside.includes(value);
  }

  private object(shape: Shape, value: object): void {
    const prototype = Object.getPrototypeOf(value);
    if (Array.isArray(value)) {
      if (prototype === Array.prototype) this.array(shape, value);
      else shape.any = true;
    } else if (prototype === null || prototype === Object.prototype) {
      if (isPlain(value)) this.record(shape, value);
      else shape.any = true;
    } else if (types.isProxy(prototype)) shape.any = true;
    else if (types.isMap(value) && prototype === Map.prototype) this.map(shape, value);
    else if (types.isSet(value) && prototype === Set.prototype) this.set(shape, value);
    else this.instance(shape, value, prototype);
  }

  private array(shape: Shape, value: readonly unknown[]): void {
    if (!shape.array) this.extras(shape, value);
    shape.array ??= new Shape();
    const items = shape.array;
    items.partial ||= isPartial(value.length);
    for (const [from, to] of sample(value.length)) {
      for (let i = from; i < to; i++) {
        if (!this.bounds.look()) {
          items.partial = true;
          return;
        }
        const item = Object.getOwnPropertyDescriptor(value, i);
        if (item === undefined) items.undefined = true;
        else if ("value" in item) this.see(items, item.value);
        else items.any = true;
        if (items.any) return;
      }
    }
  }

  private extras(shape: Shape, value: readonly unknown[]): void {
    for (const name of EXTRAS) {
      const extra = seen(value, name);
      if (extra === undefined) continue;
      shape.extras ??= new RecordShape();
      const column = shape.extras.add(name);
      if (typeof extra === "object") this.see(column.shape, extra.value);
      else column.shape.any = true;
    }
  }

  private record(shape: Shape, value: object): void {
    const names = Object.keys(value);
    if (shape.dictionary || (names.length > MANY && !shape.record)) {
      if (this.dictionary(shape, value, names)) return;
      if (shape.dictionary) shape.any = true;
    }
    if (names.length > MOST) shape.any = true;
    if (shape.any) return;
    shape.record ??= new RecordShape();
    const { record } = shape;
    record.count++;
    this.bounds.look(names.length);
    const { columns } = record;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const likely = columns[i];
      const column = likely?.name === name ? likely : this.column(record, name);
      if (!column) {
        shape.any = true;
        return;
      }
      column.count++;
      // Most of the time goes here: what was seen before at this place is passed over at once.
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (typeof property?.value === column.shape.latest) continue;
      this.property(column.shape, property);
    }
  }

  private column(record: RecordShape, name: string): Column | undefined {
    const known = record.find(name);
    if (known) return known;
    if (record.columns.length >= MOST || !this.bounds.write(name.length + 10)) return undefined;
    return record.add(name);
  }

  /** Takes an object for a dictionary, unless its values are of several kinds. */
  private dictionary(shape: Shape, value: object, names: readonly string[]): boolean {
    const values = shape.dictionary ?? new Shape();
    values.partial ||= isPartial(names.length);
    for (const [from, to] of sample(names.length)) {
      for (let i = from; i < to; i++) {
        this.bounds.look();
        this.property(values, Object.getOwnPropertyDescriptor(value, names[i] as string));
        if (values.any || values.kinds > 1) return false;
      }
    }
    if (values.kinds === 0) return false;
    shape.dictionary = values;
    return true;
  }

  private property(shape: Shape, property: PropertyDescriptor | undefined): void {
    if (property && "value" in property) this.see(shape, property.value);
    else shape.any = true;
  }

  private map(shape: Shape, value: ReadonlyMap<unknown, unknown>): void {
    shape.map ??= { key: new Shape(), value: new Shape() };
    const { map } = shape;
    this.first(map.value, value, Map.prototype.entries.call(value), ([key, item]) => {
      this.see(map.key, key);
      this.see(map.value, item);
    });
  }

  private set(shape: Shape, value: ReadonlySet<unknown>): void {
    shape.set ??= new Shape();
    const items = shape.set;
    this.first(items, value, Set.prototype.values.call(value), (item) => this.see(items, item));
  }

  /** A map or set is gone through from its start alone. */
  private first<T>(items: Shape, owner: object, all: Iterable<T>, see: (item: T) => void): void {
    const count = itemCount(owner) as number;
    items.partial ||= isPartial(count);
    let left = sample(count)[0]?.[1] as number;
    for (const item of all) {
      if (left-- === 0) return;
      if (!this.bounds.look()) {
        items.partial = true;
        return;
      }
      see(item);
    }
  }

  private instance(shape: Shape, value: object, prototype: object): void {
    const name = this.className(value, prototype);
    if (name !== undefined && this.bounds.write(name.length)) shape.names.add(name);
    else shape.any = true;
  }

  private className(value: object, prototype: object): string | undefined {
    // Errors of Node's and of libraries carry a code, of which their class says nothing.
    if (types.isNativeError(value) && Object.keys(value).length > 0) return undefined;
    const name = builtinClass(prototype) ?? arrowType(value, this.bounds);
    if (name !== undefined || this.inside.length < 2 || !this.bounds.look(ASKED)) return name;
    try {
      const text = this.extensions(value);
      return text === undefined || text === "any" ? undefined : `(${text})`;
    } catch {
      return undefined;
    }
  }
}

/** Whether its keys are all that an object has: `Math`, `arguments` and modules have symbols too. */
function isPlain(value: object): boolean {
  return Object.getOwnPropertySymbols(value).length === 0;
}
