import { spawnSync } from "node:child_process";
import { distFile } from "../../../kernel/notebook/package-folder.js";

/** Runs the built command as a user would. */
export function retro(words: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const options = { cwd, encoding: "utf8", env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [distFile("cli.js"), ...words],
    options,
  );
  return { status, stdout, stderr };
}
