import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** A record of a CSV file: its bytes as latin1, and the line it begins on, from 1. */
export interface CsvRecord {
  line: number;
  bytes: string;
}

/** How records are counted: all, or those that hold something. */
export type Counting = "with blank lines" | "without blank lines";

/**
 * The records of a CSV file (gzipped when named .gz) one at a time.
 *
 * A quoted field may span lines. DuckDB counts records, people count lines: this tells the line of
 * a record, and is otherwise used for the header alone.
 */
export async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  const file = createReadStream(path);
  const bytes = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  if (bytes !== file) file.on("error", (error) => bytes.destroy(error));
  bytes.setEncoding("latin1");
  let line = 1;
  let start = 1;
  let record = "";
  let quoted = false;
  let before = "\n";
  for await (const chunk of bytes as AsyncIterable<string>) {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const char = chunk[i] as string;
      if (quoted) {
        if (char === '"') quoted = false;
        if (char === "\n") line += 1;
      } else if (char === '"') {
        // A doubled quote leaves and enters again; any other is text unless it begins a field.
        quoted = before === '"' || /[\n,;\t|]/.test(before);
      } else if (char === "\n") {
        record += chunk.slice(from, i);
        from = i + 1;
        line += 1;
        yield { line: start, bytes: record.replace(/\r$/, "") };
        record = "";
        start = line;
      }
      before = char;
    }
    record += chunk.slice(from);
  }
  if (record !== "") yield { line: start, bytes: record };
}

/** The lines that some records (from 1, the header included) begin on. */
export async function linesOf(
  path: string,
  records: readonly number[],
  counting: Counting,
): Promise<number[]> {
  const lines = new Map<number, number>();
  let at = 0;
  for await (const { line, bytes } of csvRecords(path)) {
    if (counting === "without blank lines" && bytes.trim() === "") continue;
    at += 1;
    if (records.includes(at)) lines.set(at, line);
    if (lines.size === new Set(records).size) break;
  }
  return records.map((record) => lines.get(record) ?? record);
}
