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

/** The error as a front end shows it: message, place, and two lines of the source around it. */
export function syntaxErrorReport(
  error: Error,
  source: string,
  count: number,
): { ename: string; evalue: string; traceback: string[] } {
  const title = `${error.name}: ${error.message}`;
  if (!(error instanceof CellSyntaxError)) {
    return { ename: error.name, evalue: error.message, traceback: [title] };
  }
  const { line, column } = error;
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, line - 2);
  const width = String(line + 2).length;
  const frame = lines.slice(first - 1, line + 2).flatMap((text, i) => {
    const number = first + i;
    const gutter = String(number).padStart(width);
    if (number !== line) return [`  ${gutter} | ${text}`];
    // Tabs stay tabs so that the marker stands under what it marks.
    const blank = text.slice(0, column - 1).replace(/[^\t]/g, " ");
    return [`> ${gutter} | ${text}`, `  ${" ".repeat(width)} | ${blank}^`];
  });
  return {
    ename: error.name,
    evalue: error.message,
    traceback: [title, `    at Cell [${count}]:${line}:${column}`, ...frame],
  };
}
