import { homedir } from "node:os";
import { join } from "node:path";

/** This user's own folder: for what was brought here, or for what is remembered by itself. */
export function userFolder(kind: "data" | "state"): string {
  const { env, platform } = process;
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "retro");
  if (platform === "win32") return join(env.LOCALAPPDATA ?? homedir(), "retro");
  const base =
    kind === "data"
      ? env.XDG_DATA_HOME || join(homedir(), ".local", "share")
      : env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(base, "retro");
}
