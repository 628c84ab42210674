import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The data folder of this user, where `--user` installs. */
export function userDataFolder(): string {
  const { env, platform } = process;
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA ?? homedir(), "jupyter");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}

/** Folders in which Jupyter looks for kernelspecs, first the nearest; those of a Python if it has Jupyter. */
export function dataFolders(): string[] {
  const { env, platform } = process;
  const given = env.JUPYTER_PATH?.split(delimiter).filter(Boolean) ?? [];
  const system =
    platform === "win32"
      ? [join(env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [...new Set([...given, userDataFolder(), ...jupyterSays(), ...system])];
}

function jupyterSays(): string[] {
  try {
    const answer = execFileSync("jupyter", ["--paths", "--json"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    return (JSON.parse(answer) as { data: string[] }).data;
  } catch {
    return [];
  }
}
