/** What is wrong with a cell as text. */
export class CellSyntaxError extends Error {
  override name = "SyntaxError";

  /**
   * @param line 1-based, in the cell as typed
   * @param column 1-based, in UTF-16 units
   * @param incomplete true when more text could mend it
   */
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    readonly incomplete = false,
  ) {
    super(message);
  }
}
