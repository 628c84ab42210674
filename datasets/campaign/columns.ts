import { InputError, nearest } from "../../kernel/extension/index.js";
import { ROLES, type Role, SCHEMA } from "./schema.js";

/** Where the columns of a log are: positions from 0. */
export interface Columns {
  header: readonly string[];
  at: ReadonlyMap<Role, number>;
  ignored: string[];
}

/** Takes each column of a header for what it stands for; `where` is `file:line` for errors. */
export function understand(header: readonly string[], where: string): Columns {
  refuseDuplicates(header, where);
  const at = new Map<Role, number>();
  for (const role of ROLES) {
    const names = [role, ...SCHEMA[role].aliases].map(key);
    const found = names.map((name) => header.findIndex((column) => key(column) === name));
    const column = found.find((position) => position >= 0);
    if (column !== undefined) at.set(role, column);
  }
  want("time", at, header, where);
  // Two columns, a time and a number, are a metric whatever the number is called.
  const other = header.findIndex((_, position) => position !== at.get("time"));
  if (header.length === 2 && !at.has("value")) {
    at.clear();
    at.set("time", 1 - other);
    at.set("value", other);
  }
  if (!at.has("value")) want("clicks", at, header, where);
  if (at.has("clicks")) at.delete("value");
  const used = new Set(at.values());
  const ignored = header.filter((column, position) => column !== "" && !used.has(position));
  if (at.has("clicks") && !at.has("impressions")) {
    // Without impressions each row is one; a misspelt column of impressions must not do that.
    const misspelt = misspelling("impressions", ignored);
    if (misspelt !== undefined) want("impressions", at, header, where);
  }
  return { header, at, ignored };
}

function want(role: Role, at: Map<Role, number>, header: readonly string[], where: string): void {
  if (at.has(role)) return;
  const misspelt = misspelling(role, header);
  const hint = misspelt === undefined ? "" : ` (is ${JSON.stringify(misspelt)} meant?)`;
  const aliases = SCHEMA[role].aliases.slice(0, 4).join(", ");
  throw new InputError(
    `${where}: no column ${JSON.stringify(role)}${hint}; found ` +
      `${header.map((column) => JSON.stringify(column)).join(", ")}; ` +
      `${role} may also be called ${aliases}`,
  );
}

/** The found column that is nearly a name of the wanted one. */
function misspelling(role: Role, found: readonly string[]): string | undefined {
  const names = [role, ...SCHEMA[role].aliases];
  return found.find((column) => column !== "" && nearest(column, names) !== undefined);
}

function refuseDuplicates(header: readonly string[], where: string): void {
  const seen = new Map<string, number>();
  header.forEach((column, position) => {
    const first = seen.get(key(column));
    if (first !== undefined && column !== "") {
      throw new InputError(
        `${where}: columns ${first + 1} and ${position + 1} are both named ` +
          `${JSON.stringify(column)}; keep one`,
      );
    }
    seen.set(key(column), position);
  });
}

function key(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
