/**
 * Declarations that the scope of every cell begins with.
 *
 * `Refined<T, D>` is D where T says nothing (`any`, or a generic at its default), else T.
 */
export const REFINED = `
type IsAny<T> = 0 extends 1 & T ? true : false;
export type Refined<T, D> = IsAny<T> extends true ? D : [T] extends [D] ? [D] extends [T] ? D : T : T;
`;
