import { type Role, SCHEMA } from "./schema.js";

/** Numbers that stand for "not measured". */
const MISSING = "('', 'na', 'n/a', 'nan', 'null', 'none')";
const DIMENSIONS = ["campaign", "segment", "creative"] as const;

/**
 * SQL that reads text columns, types them and says what is wrong with a row.
 *
 * `source` gives all columns as text, named c0, c1 and so on. The rows have the columns of the log
 * with their texts (`clicks`, `clicks_text`), `zone`, `wrong` (see `Wrong`), and with `numbered`
 * their number in the source, from 1.
 */
export function typedRows(source: string, at: ReadonlyMap<Role, number>, numbered = false): string {
  const roles = [...at.keys()];
  const texts = [...at].map(([role, column]) => `coalesce(trim(c${column}), '') AS ${role}_text`);
  const number = numbered ? "row_number() OVER () AS row," : "";
  const finite = roles
    .filter((role) => SCHEMA[role].kind === "time" || SCHEMA[role].kind === "number")
    .map((role) => `CASE WHEN isfinite(${role}) THEN ${role} END AS ${role}`);
  return `
    WITH texts AS (SELECT ${number} ${texts.join(", ")} FROM ${source}),
    typed AS (SELECT *, ${roles.map((role) => `${cast(role)} AS ${role}`).join(", ")} FROM texts),
    checked AS (SELECT * REPLACE (${finite.join(", ")}), ${zone} AS zone FROM typed)
    SELECT *, CASE ${wrong(at)} END AS wrong FROM checked`;
}

/** SQL that sums typed rows by hour and name; money in whole millionths. */
export function hourly(rows: string, at: ReadonlyMap<Role, number>): string {
  const names = DIMENSIONS.filter((role) => at.has(role));
  const sums = [...at.keys()].flatMap((role) => {
    const { kind } = SCHEMA[role];
    if (kind === "number") return [`avg(${role}) AS ${role}`];
    return kind === "count" || kind === "money" ? [`sum(${role})::DOUBLE AS ${role}`] : [];
  });
  if (!at.has("value") && !at.has("impressions")) sums.push("count(*)::DOUBLE AS impressions");
  const groups = ["hour", ...names].join(", ");
  return `
    SELECT epoch_ms(hour)::DOUBLE AS hour, * EXCLUDE (hour) FROM (
      SELECT date_trunc('hour', time) AS hour, ${[...names, ...sums].join(", ")},
        count(*)::DOUBLE AS rows, count(wrong)::DOUBLE AS wrongs,
        min(zone) AS zone, max(zone) AS other_zone
      FROM (${rows}) GROUP BY ${groups}) ORDER BY ${groups}`;
}

const clock = "\\d:\\d\\d(?::\\d\\d(?:[.]\\d+)?)?";
const offset = "(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)";

/** The offset as +hh:mm, or '' where the time names none. */
const zone = `CASE regexp_extract(upper(time_text), '${clock}\\s*${offset}$', 1)
  WHEN '' THEN '' WHEN 'Z' THEN '+00:00' WHEN 'UTC' THEN '+00:00' WHEN 'GMT' THEN '+00:00'
  ELSE rpad(regexp_replace(regexp_extract(upper(time_text), '${clock}\\s*${offset}$', 1),
    '^(...):?(..)?$', '\\1:\\2'), 6, '00') END`;

const wallClock = `regexp_replace(upper(time_text), '(${clock})\\s*${offset}$', '\\1')`;

function cast(role: Role): string {
  const text = `${role}_text`;
  // What was not spent or not ordered is often left empty; what was not shown is not.
  const amount =
    role === "impressions" || role === "clicks" ? text : `coalesce(nullif(${text}, ''), '0')`;
  switch (SCHEMA[role].kind) {
    case "time":
      return `coalesce(TRY_CAST(${wallClock} AS TIMESTAMP), TRY_CAST(${wallClock} || ':00' AS TIMESTAMP))`;
    case "name":
      return `coalesce(nullif(${text}, ''), '(none)')`;
    case "count":
      return `CASE WHEN regexp_full_match(${amount}, '[+-]?\\d+(\\.0*)?') THEN TRY_CAST(${amount} AS BIGINT) END`;
    case "money":
      return `round(TRY_CAST(${amount} AS DOUBLE) * 1e6)`;
    case "number":
      return `TRY_CAST(${text} AS DOUBLE)`;
  }
}

/** What can be wrong with a row: a column that is not what it should be, or too many clicks. */
export type Wrong = Role | "clicks above impressions" | "clicks in one impression";

function wrong(at: ReadonlyMap<Role, number>): string {
  const cases = [...at.keys()].flatMap((role) => {
    switch (SCHEMA[role].kind) {
      case "time":
        return ["WHEN time IS NULL THEN 'time'"];
      case "count":
      case "money":
        return [
          `WHEN ${role} IS NULL OR ${role} < 0 OR NOT isfinite(${role}::DOUBLE) THEN '${role}'`,
        ];
      case "number":
        return [`WHEN ${role} IS NULL AND lower(${role}_text) NOT IN ${MISSING} THEN '${role}'`];
      default:
        return [];
    }
  });
  if (at.has("clicks")) {
    cases.push(
      at.has("impressions")
        ? "WHEN clicks > impressions THEN 'clicks above impressions'"
        : "WHEN clicks > 1 THEN 'clicks in one impression'",
    );
  }
  return cases.join(" ");
}
