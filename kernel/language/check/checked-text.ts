/** A cell as the compiler is to see it. */
export interface CheckedText {
  /** TypeScript, each place where it was typed. */
  text: string;
  /** What the line before it must end with. */
  before?: string;
  /** Names that running it will declare: all there is to know of a cell that only a compiler reads. */
  declared: readonly string[];
}
