import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder } from "../../notebook/package-folder.js";

/** The command that brings the packages again, where Retro lies. */
export function reinstall(): string {
  const folder = packageFolder();
  if (isCheckout()) return `cd ${folder} && npm ci`;
  const project = dirname(dirname(folder));
  if (existsSync(join(project, "package-lock.json"))) return `cd ${project} && npm ci`;
  return "npm uninstall -g retro-kernel && npm install -g retro-kernel";
}

/** The command that brings the built files again. */
export function rebuild(): string {
  return isCheckout() ? `cd ${packageFolder()} && npm run build` : reinstall();
}

function isCheckout(): boolean {
  return existsSync(join(packageFolder(), "kernel", "cli.ts"));
}
