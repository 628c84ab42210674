import type { Command } from "commander";
import { InputError } from "../extension/index.js";
import { retroKernelspec } from "../notebook/kernelspec.js";
import { checkMode } from "../server/check-mode.js";
import { kernelFolder, type Location, locationOptions } from "./location.js";
import { writeKernelspec } from "./write-kernelspec.js";

interface InstallOptions extends Location {
  displayName?: string;
  env?: string[];
  check?: string;
}

/** `retro install`: tells Jupyter about the kernel. */
export function defineInstall(program: Command): void {
  locationOptions(program.command("install"))
    .description("install the kernelspec, so that Jupyter offers the kernel")
    .option("--display-name <text>", "what Jupyter shows")
    .option("--check <mode>", "cells with type errors: off, warn or strict (default: strict)")
    .option("--env <key=value...>", "environment variables of the kernel")
    .action((options: InstallOptions) => {
      console.log(`Installed the kernel ${options.name} in ${install(options)}`);
    });
}

function install(options: InstallOptions): string {
  const spec = retroKernelspec();
  if (options.displayName !== undefined) spec.display_name = options.displayName;
  if (options.env) spec.env = Object.fromEntries(options.env.map(variable));
  if (options.check !== undefined) {
    spec.env = { ...spec.env, RETRO_CHECK: checkMode(options.check, "--check") };
  }
  const folder = kernelFolder(options);
  writeKernelspec(folder, spec);
  return folder;
}

function variable(word: string): [string, string] {
  const at = word.indexOf("=");
  if (at < 1) throw new InputError(`--env takes KEY=VALUE, not ${JSON.stringify(word)}`);
  return [word.slice(0, at), word.slice(at + 1)];
}
