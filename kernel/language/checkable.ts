/** The cell as TypeScript of the same length; undefined for one that has none. */
export function checkable(source: string): string | undefined {
  return /^\s*%%/.test(source) ? undefined : source;
}
