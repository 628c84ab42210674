import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Remembers what npm writes down of a folder's packages; the returned function puts it back. */
export function rememberLists(folder: string): () => void {
  const lists = ["package.json", "package-lock.json"].map((name) => {
    const file = join(folder, name);
    return { file, bytes: existsSync(file) ? readFileSync(file) : undefined };
  });
  const modules = join(folder, "node_modules");
  const hadModules = existsSync(modules);
  return () => {
    for (const { file, bytes } of lists) {
      if (bytes) writeFileSync(file, bytes);
      else rmSync(file, { force: true });
    }
    if (!hadModules) rmSync(modules, { recursive: true, force: true });
  };
}
