import { existsSync } from "node:fs";
import { join } from "node:path";

/** How the name of a skipped test says what it lacks. */
export const NEEDS = "(needs npm ci --prefix test/neighbours)";

/** Where something of this folder's packages is: a package, or a file in one. */
export function neighbour(path: string): string {
  return join(import.meta.dirname, "node_modules", path);
}

/** Whether a program or package of this folder is there. */
export function hasNeighbour(path: string): boolean {
  return existsSync(neighbour(path));
}
