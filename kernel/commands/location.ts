import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { InputError } from "../extension/index.js";
import { userDataFolder } from "../notebook/jupyter-folders.js";

/** Where a kernelspec is installed, and under which name. */
export interface Location {
  name: string;
  user?: boolean;
  prefix?: string;
  sysPrefix?: boolean;
}

/** The options that `install` and `uninstall` share. */
export function locationOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--user", "for this user (the default)").conflicts(["prefix", "sysPrefix"]),
    )
    .addOption(
      new Option("--prefix <folder>", "below a folder, as <folder>/share/jupyter").conflicts(
        "sysPrefix",
      ),
    )
    .option("--sys-prefix", "into the Python environment that is active")
    .option("--name <name>", "the kernelspec's name", "retro");
}

/** @throws InputError for a name that Jupyter would not take, or without a Python environment. */
export function kernelFolder({ name, prefix, sysPrefix }: Location): string {
  if (!/^[\w.-]+$/.test(name)) {
    throw new InputError(
      `a kernel's name has only letters, digits, ".", "-" and "_", not ${JSON.stringify(name)}`,
    );
  }
  const data =
    prefix !== undefined || sysPrefix
      ? join(prefix === undefined ? pythonPrefix() : resolve(prefix), "share", "jupyter")
      : userDataFolder();
  return join(data, "kernels", name);
}

function pythonPrefix(): string {
  for (const python of ["python3", "python"]) {
    try {
      const print = ["-c", "import sys; print(sys.prefix)"];
      const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
      return execFileSync(python, print, { encoding: "utf8", stdio }).trim();
    } catch {
      // The next name may be there.
    }
  }
  const active = process.env.CONDA_PREFIX || process.env.VIRTUAL_ENV;
  if (active) return active;
  throw new InputError(
    "--sys-prefix needs a Python: there is no python3 on the PATH, and no active environment; use --user or --prefix",
  );
}
