/**
 * Declares `Refined<T, D>`: the declared type T, sharpened by D, what the value turned out to be.
 *
 * D stands where T is `any` or `unknown`, the `never[]` of an exported `[]` or the `{}` of a `{}`,
 * and where T is a class generic at `any` that D fits both ways, as Arrow's `Table<any>` is.
 * Arrays, maps, sets and plain objects are refined within. Everything else stays as it was
 * declared: unions, functions, tuples, and classes with methods.
 */
export const REFINED = `
export type Open<T> = unknown extends T ? any : T;
export type Refined<T, D> =
  IsAny<D> extends true ? T
  : IsAny<T> extends true ? D
  : unknown extends T ? D
  : [T] extends [never] ? T
  : IsSame<T, {}> extends true ? D
  : [T] extends [object] ? IsUnion<T> extends true ? T : RefinedObject<T, D>
  : T;
type RefinedObject<T, D> =
  [T] extends [(...args: never) => unknown] ? T
  : [T] extends [abstract new (...args: never) => unknown] ? T
  : [T] extends [readonly (infer E)[]] ? [D] extends [readonly (infer F)[]] ? RefinedArray<T, E, D, F> : T
  : [T] extends [Promise<unknown>] ? T
  : [T] extends [Map<infer K, infer V>]
    ? [D] extends [Map<infer L, infer W>] ? [Map<K, V>] extends [T] ? Kept<T, Map<Refined<K, L>, Refined<V, W>>> : T : T
  : [T] extends [Set<infer E>]
    ? [D] extends [Set<infer F>] ? [Set<E>] extends [T] ? Kept<T, Set<Refined<E, F>>> : T : T
  : HasMethods<T> extends true
    ? HasMethods<D> extends true ? [T] extends [D] ? [D] extends [T] ? Kept<T, D> : T : T : T
  : [D] extends [object] ? IsUnion<D> extends true ? T : RefinedMembers<T, D>
  : T;
type RefinedArray<T, E, D, F> =
  IsSame<T, readonly E[]> extends true ? Kept<T, readonly Refined<E, F>[]>
  : [E[]] extends [T] ? IsAny<E> extends true ? D : [E] extends [never] ? D : Kept<T, Refined<E, F>[]>
  : T;
type RefinedMembers<T, D> =
  [{ [K in keyof T]: T[K] }] extends [T]
    ? Kept<T, { [K in keyof T]: K extends keyof D ? Refined<T[K], D[K]> : T[K] }>
    : T;
type Kept<T, R> = IsSame<T, R> extends true ? T : R;
type HasMethods<T> = true extends { [K in keyof T]-?: IsMethod<T[K]> }[keyof T] ? true : false;
type IsMethod<T> = IsAny<T> extends true ? false : [T] extends [(...args: never) => unknown] ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
type IsUnion<T, U = T> = T extends unknown ? [U] extends [T] ? false : true : never;
type IsSame<A, B> =
  (<G>() => G extends A ? 1 : 2) extends (<G>() => G extends B ? 1 : 2) ? true : false;
`;
