import { basename } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { InputError } from "../../kernel/extension/index.js";
import { type Columns, understand } from "./columns.js";
import { type Header, readHeader, refuseUnreadable } from "./header.js";
import { type Counting, linesOf } from "./lines.js";
import { hourly, typedRows, type Wrong } from "./query.js";
import { type CampaignLog, type CampaignRecord, type Role, SCHEMA } from "./schema.js";

/** A file as a SQL source of text columns c0, c1 and so on. */
interface Source {
  path: string;
  columns: string[];
  /** `inOrder` gives up parallel reading, so that rows can be numbered. */
  sql: (inOrder: boolean) => string;
  /** Where the names of the columns are, and where row 1, 2, ... of the data is, for errors. */
  head: string;
  places: (rows: readonly number[], counting?: Counting) => Promise<string[]>;
}

type Row = Record<string, number | string | null>;

/**
 * Reads a campaign log and sums it by hour, campaign, segment and creative.
 *
 * Takes CSV (commas, semicolons, tabs or bars; .csv.gz too) and Parquet. The columns are those of
 * `SCHEMA` under any of their aliases: a time with impressions and clicks; a time with clicks of 0
 * and 1, one row an impression; or a time and one value, a metric. An empty conversions, cost or
 * revenue counts as 0. Memory grows with the number of hourly sums, not with the file.
 *
 * @throws {InputError} one sentence with file, line and column for whatever cannot be read.
 */
export async function readCampaignLog(path: string): Promise<CampaignLog> {
  await refuseUnreadable(path);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    const source = path.endsWith(".parquet")
      ? await parquet(path, connection)
      : csv(path, await readHeader(path));
    const columns = understand(source.columns, source.head);
    const sums = await query(connection, source, (sql) =>
      hourly(typedRows(sql, columns.at), columns.at),
    );
    if (sums.length === 0) {
      throw new InputError(`${path}: has a header but no rows`);
    }
    if (sums.some((row) => Number(row.wrongs) > 0)) {
      await reportFirstWrong(connection, source, columns);
    }
    const zones = new Set(sums.flatMap((row) => [row.zone, row.other_zone]));
    if (zones.size > 1) await reportZones(connection, source, columns);
    return logOf(path, columns, sums);
  } finally {
    connection.closeSync();
  }
}

function csv(path: string, { columns, delimiter, line }: Header): Source {
  const names = columns.map((_, position) => `'c${position}': 'VARCHAR'`).join(", ");
  return {
    path,
    columns,
    sql: (inOrder) =>
      `read_csv(${literal(path)}, auto_detect=false, header=true, delim=${literal(delimiter)},
        quote='"', escape='"', columns={${names}}, parallel=${!inOrder})`,
    head: `${path}:${line}`,
    places: async (rows, counting = "without blank lines") => {
      const lines = await linesOf(
        path,
        rows.map((row) => row + 1),
        counting,
      );
      return lines.map((at) => `${path}:${at}`);
    },
  };
}

async function parquet(path: string, connection: DuckDBConnection): Promise<Source> {
  const sql = `read_parquet(${literal(path)})`;
  const described = await connection
    .runAndReadAll(`DESCRIBE SELECT * FROM ${sql}`)
    .catch((error: Error) => {
      throw new InputError(`${path}: is not a Parquet file (${firstLine(error)})`);
    });
  const columns = described.getRowObjectsJS().map((row) => String(row.column_name));
  const texts = columns.map((name, i) => `"${name.replaceAll('"', '""')}"::VARCHAR AS c${i}`);
  return {
    path,
    columns,
    sql: () => `(SELECT ${texts.join(", ")} FROM ${sql})`,
    head: path,
    places: async (rows) => rows.map((row) => `${path}, row ${row}`),
  };
}

async function query(
  connection: DuckDBConnection,
  source: Source,
  sql: (from: string) => string,
  inOrder = false,
): Promise<Row[]> {
  const run = async (ordered: boolean) =>
    (await connection.runAndReadAll(sql(source.sql(ordered)))).getRowObjectsJS() as Row[];
  try {
    return await run(inOrder);
  } catch (error) {
    // Read in parallel, the first mistake found need not be the first in the file. Read in order,
    // DuckDB passes over a quote that is never closed.
    const first = inOrder
      ? error
      : await run(true).then(
          () => error,
          (earlier: unknown) => earlier,
        );
    throw await malformed(first as Error, source);
  }
}

/** DuckDB's complaint about the form of a CSV file, in the reader's terms. */
async function malformed(error: Error, source: Source): Promise<InputError> {
  const { message } = error;
  const record = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const place =
    record === undefined
      ? source.path
      : (await source.places([Number(record) - 1], "with blank lines"))[0];
  const count = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (count) {
    return new InputError(`${place}: has ${count[2]} columns, the header has ${count[1]}`);
  }
  if (/not utf-8|invalid unicode/i.test(message)) {
    return new InputError(`${place}: is not UTF-8; save the file as UTF-8`);
  }
  if (/unterminated quote|quote/i.test(message)) {
    return new InputError(`${place}: a quoted text does not end where its field ends`);
  }
  return new InputError(`${place}: cannot be read as a table (${firstLine(error)})`);
}

async function reportFirstWrong(
  connection: DuckDBConnection,
  source: Source,
  { header, at }: Columns,
): Promise<never> {
  const numbered = (sql: string) =>
    `SELECT * EXCLUDE (row, time), row::DOUBLE AS row FROM (${typedRows(sql, at, true)})
      WHERE wrong IS NOT NULL ORDER BY row LIMIT 1`;
  const [row] = (await query(connection, source, numbered, true)) as [Row];
  const [place] = await source.places([Number(row.row)]);
  const problem = row.wrong as Wrong;
  if (problem === "clicks above impressions") {
    throw new InputError(
      `${place}: column ${name(header, at, "clicks")}: ${row.clicks} clicks on ` +
        `${row.impressions} impressions`,
    );
  }
  if (problem === "clicks in one impression") {
    throw new InputError(
      `${place}: column ${name(header, at, "clicks")}: ${row.clicks} clicks in one row; ` +
        `without a column "impressions" each row is one impression and has 0 or 1`,
    );
  }
  const text = JSON.stringify(row[`${problem}_text`]);
  throw new InputError(
    `${place}: column ${name(header, at, problem)}: ${text} ${complaint(problem, row)}`,
  );
}

function complaint(role: Role, row: Row): string {
  switch (SCHEMA[role].kind) {
    case "time":
      return "is not a time; write it as 2025-03-05 14:00";
    case "count":
      return row[role] === null ? "is not a whole number" : "is below 0";
    case "money":
      return typeof row[role] === "number" && row[role] < 0
        ? "is below 0"
        : "is not an amount; write it as 1234.56";
    default:
      return "is not a number";
  }
}

async function reportZones(
  connection: DuckDBConnection,
  source: Source,
  { header, at }: Columns,
): Promise<never> {
  const first = (sql: string) =>
    `SELECT zone, min(row)::DOUBLE AS row FROM (${typedRows(sql, at, true)})
      GROUP BY zone ORDER BY row LIMIT 2`;
  const rows = await query(connection, source, first, true);
  const places = await source.places(rows.map((row) => Number(row.row)));
  const said = rows.map(({ zone }) => (zone === "" ? "no time zone" : `UTC${zone}`));
  const later = places[1]?.slice(source.path.length).replace(/^:/, "line ").replace(/^, /, "");
  throw new InputError(
    `${places[0]}: column ${name(header, at, "time")}: mixed time zones, ` +
      `${said[0]} here and ${said[1]} in ${later}; write all times in one`,
  );
}

function logOf(path: string, { header, at, ignored }: Columns, sums: readonly Row[]): CampaignLog {
  const hours = sums.map((row) => Number(row.hour));
  const shared = {
    file: path,
    rows: sums.reduce((sum, row) => sum + Number(row.rows), 0),
    from: new Date(hours[0] as number),
    to: new Date(hours.at(-1) as number),
    zone: (sums[0]?.zone as string) || null,
    understood: [...at].map(([as, position]) => ({
      column: header[position] as string,
      as,
      doc: SCHEMA[as].doc,
    })),
    ignored,
  };
  if (at.has("value")) {
    const column = header[at.get("value") as number] as string;
    return {
      kind: "metric",
      metric: column.toLowerCase() === "value" ? basename(path).replace(/\..*$/, "") : column,
      ...shared,
      records: sums.map((row) => ({
        time: new Date(Number(row.hour)),
        value: row.value as number | null,
      })),
    };
  }
  const names = (["campaign", "segment", "creative"] as const).filter((role) => at.has(role));
  const money = (["cost", "revenue"] as const).filter((role) => at.has(role));
  return {
    kind: "funnel",
    rowIsImpression: !at.has("impressions"),
    ...shared,
    records: sums.map((row) => {
      const record: CampaignRecord = {
        time: new Date(Number(row.hour)),
        impressions: Number(row.impressions),
        clicks: Number(row.clicks),
      };
      for (const role of names) record[role] = String(row[role]);
      if (at.has("conversions")) record.conversions = Number(row.conversions);
      for (const role of money) record[role] = Number(row[role]) / 1e6;
      return record;
    }),
  };
}

function name(header: readonly string[], at: ReadonlyMap<Role, number>, role: Role): string {
  return header[at.get(role) as number] as string;
}

/** A SQL string; in a path that DuckDB reads as a pattern, each sign stands for itself. */
function literal(text: string): string {
  return `'${text.replace(/[[*?]/g, "[$&]").replaceAll("'", "''")}'`;
}

function firstLine(error: Error): string {
  return error.message.split("\n")[0] as string;
}
