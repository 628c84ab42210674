import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";

const MOST = 100;

/** Files and folders that a path which is being written may mean; a folder has the slash to go on from. */
export function filePaths(written: string): string[] {
  const slash = written.lastIndexOf("/") + 1;
  const [parent, prefix] = [written.slice(0, slash), written.slice(slash)];
  try {
    return readdirSync(resolve(parent.replace(/^~(?=\/)/, homedir())), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(prefix) && (prefix !== "" || !name.startsWith(".")))
      .map((entry) => `${parent}${entry.name}${entry.isDirectory() ? "/" : ""}`)
      .sort()
      .slice(0, MOST);
  } catch {
    return [];
  }
}
