/** Cells of one notebook, in the order they are run. */
export interface Case {
  cells: readonly string[];
  /** `[cell]:line:column TS2322 message`, or as much of it as there is; none where all is well. */
  problems?: readonly string[];
  /** The cells that can stand in one file, when not all can; none when none. */
  file?: readonly number[];
  /** Where tsc says of that file what the checker does not say of the cells, or says nothing. */
  unlike?: { why: string; ours?: readonly string[]; tsc?: readonly string[] };
}
