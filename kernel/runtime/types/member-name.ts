const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** A key as it is written in a type: quoted where it is no identifier. */
export function memberName(key: string): string {
  return IDENTIFIER.test(key) ? key : JSON.stringify(key);
}
