import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";

const MOST = 100;

/** Folders that a path which is being written may mean, each with the slash to go on from. */
export function folders(written: string): string[] {
  const slash = written.lastIndexOf("/") + 1;
  const [parent, prefix] = [written.slice(0, slash), written.slice(slash)];
  try {
    return readdirSync(resolve(parent.replace(/^~(?=\/)/, homedir())), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith(prefix))
      .filter(({ name }) => prefix !== "" || !name.startsWith("."))
      .slice(0, MOST)
      .map(({ name }) => `${parent}${name}/`);
  } catch {
    return [];
  }
}
