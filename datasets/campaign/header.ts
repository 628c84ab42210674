import { open, readdir, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { didYouMean, InputError } from "../../kernel/extension/index.js";
import { type CsvRecord, csvRecords } from "./lines.js";

/** How a CSV file is laid out. */
export interface Header {
  columns: string[];
  delimiter: string;
  line: number;
}

const DELIMITERS = [",", ";", "\t", "|"];

/** Refuses a path that is no readable file with something in it. */
export async function refuseUnreadable(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    const names = await readdir(folder).catch(() => undefined);
    const where =
      names === undefined ? `there is no folder ${folder}` : `no such file in ${folder}`;
    throw new InputError(`${path}: ${where}${didYouMean(basename(path), names ?? [])}`);
  }
  if (found.isDirectory()) {
    const csv = (await readdir(path))
      .filter((name) => /\.(csv|csv\.gz|parquet)$/.test(name))
      .sort();
    const hint = csv.length === 0 ? "it holds no CSV" : `name a file in it, such as ${csv[0]}`;
    throw new InputError(`${path}: is a folder; ${hint}`);
  }
  if (found.size === 0) throw new InputError(`${path}: is empty`);
  const file = await open(path).catch((error: Error) => {
    throw new InputError(`${path}: cannot be read (${error.message})`);
  });
  await file.close();
}

/** The names in the first record of a CSV file, and what stands between them. */
export async function readHeader(path: string): Promise<Header> {
  const { line, bytes } = await firstRecord(path);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(bytes, "latin1"));
  } catch {
    throw new InputError(`${path}:${line}: is not UTF-8; save the file as UTF-8`);
  }
  const unquoted = text.replace(/"[^"]*"/g, "");
  const times = (delimiter: string) => unquoted.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, next) => (times(next) > times(best) ? next : best));
  return { columns: split(text, delimiter), delimiter, line };
}

async function firstRecord(path: string): Promise<CsvRecord> {
  try {
    for await (const record of csvRecords(path)) if (record.bytes.trim() !== "") return record;
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${(error as Error).message})`);
  }
  throw new InputError(`${path}: is empty`);
}

function split(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  return [...cells, cell.trim()];
}
