import { spawnSync } from "node:child_process";

/** A JupyterLab, and how it is started. */
export interface JupyterLab {
  command: [string, ...string[]];
  version: string;
}

const COMMANDS: JupyterLab["command"][] = [
  ["jupyter-lab"],
  ["jupyter", "lab"],
  ["python3", "-m", "jupyterlab"],
];

/** The JupyterLab of the active environment, one that `isTooOld` only where there is no other. */
export function findJupyterLab(): JupyterLab | undefined {
  let old: JupyterLab | undefined;
  for (const command of COMMANDS) {
    const version = /^\d+\.\d+\S*/m.exec(answer(...command, "--version") ?? "")?.[0];
    if (version === undefined) continue;
    const lab: JupyterLab = { command, version };
    if (!isTooOld(lab)) return lab;
    old ??= lab;
  }
  return old;
}

/** Retro needs JupyterLab 4. */
export function isTooOld({ version }: JupyterLab): boolean {
  return Number.parseInt(version, 10) < 4;
}

/** The command that brings JupyterLab 4 for each installer that is there, one a line. */
export function howToGetJupyterLab(): string {
  const ways: [string[], string][] = [
    [["uv"], 'uv tool install "jupyterlab>=4"'],
    [["pipx"], 'pipx install --force "jupyterlab>=4"'],
    [["conda"], 'conda install -c conda-forge "jupyterlab>=4"'],
    [["python3", "-m", "pip"], 'python3 -m pip install "jupyterlab>=4"'],
  ];
  const lines = ways
    .filter(([tool]) => answer(...tool, "--version") !== undefined)
    .map(([, line]) => line);
  if (lines.length > 0) return lines.join("\nor ");
  return 'get Python from https://www.python.org, then: python3 -m pip install "jupyterlab>=4"';
}

/** What a program prints; undefined when it is not there or fails. */
export function answer(...[program = "", ...words]: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 30_000,
  });
  return status === 0 ? stdout : undefined;
}
