import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../extension/index.js";
import { whyUnreadable } from "../notebook/given-file.js";
import { retroKernelspec } from "../notebook/kernelspec.js";
import { findJupyterLab, howToGetJupyterLab, isTooOld, type JupyterLab } from "./jupyterlab.js";
import { writeKernelspec } from "./write-kernelspec.js";

/** `retro lab`: JupyterLab with this kernel, while nothing of the user's Jupyter is changed. */
export function defineLab(program: Command): void {
  program
    .command("lab")
    .description("start JupyterLab with this kernel in it; nothing has to be installed")
    .usage("[place] [-- arguments...]")
    .argument("[place]", "a folder or a notebook to open")
    .argument("[arguments...]", "for JupyterLab, such as --no-browser")
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (place: string | undefined, rest: string[]) => {
      process.exitCode = await lab(place === undefined ? [] : [place, ...rest]);
    });
}

async function lab(words: readonly string[]): Promise<number> {
  const hyphens = words.indexOf("--");
  const args = words.filter((_, i) => i !== hyphens);
  const [place] = args;
  if (place !== undefined && !place.startsWith("-")) expectThere(place);
  const {
    command: [program, ...rest],
  } = usableJupyterLab();
  const prefix = mkdtempSync(join(tmpdir(), "retro-lab-"));
  const remove = () => rmSync(prefix, { recursive: true, force: true });
  process.once("exit", remove);
  writeKernelspec(join(prefix, "kernels", "retro"), retroKernelspec());
  const paths = [prefix, process.env.JUPYTER_PATH].filter(Boolean);
  const isWindows = process.platform === "win32";
  const child = spawn(program, [...rest, ...args], {
    env: { ...process.env, JUPYTER_PATH: paths.join(delimiter) },
    stdio: "inherit",
    // A group of its own: each Ctrl-C reaches it once, wherever it came from.
    detached: !isWindows,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
    process.on(signal, () => isWindows || child.kill(signal));
  }
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}

function expectThere(place: string): void {
  if (existsSync(place)) return;
  const why = whyUnreadable({ code: "ENOENT" }, place);
  throw new InputError(`${place}: cannot open the folder or notebook: ${why}`);
}

function usableJupyterLab(): JupyterLab {
  const found = findJupyterLab();
  if (found && !isTooOld(found)) return found;
  const trouble = found
    ? `JupyterLab ${found.version} (${found.command.join(" ")}) is too old, Retro needs 4.0 or newer`
    : "there is no JupyterLab in the active environment";
  throw new InputError(`${trouble}; get it by\n${howToGetJupyterLab()}`);
}
