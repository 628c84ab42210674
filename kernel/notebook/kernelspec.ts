import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, InputError } from "../extension/index.js";
import { dataFolders } from "./jupyter-folders.js";
import { distFile } from "./package-folder.js";

/** How a kernel is started, as `kernel.json` says it. */
export interface Kernelspec {
  /** `{connection_file}` stands for the path of the connection file. */
  argv: string[];
  display_name: string;
  language: string;
  /** `message`: by interrupt_request; `signal` (the default): by SIGINT. */
  interrupt_mode?: "message" | "signal";
  env?: Record<string, string>;
  metadata?: Record<string, unknown>;
  /** The folder of `kernel.json`, `{resource_dir}` in argv; none for a kernel that is not installed. */
  folder?: string;
}

/** The kernelspec of this package, run by the Node that runs now. */
export function retroKernelspec(): Kernelspec {
  return {
    argv: [
      process.execPath,
      // A stop inside a timer's callback would abort the process without it.
      "--no-force-async-hooks-checks",
      distFile("main.cjs"),
      "{connection_file}",
    ],
    display_name: "TypeScript (Retro)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { supported_encryption: ["curve"] },
  };
}

/** The program of Retro that a kernelspec starts, of this version or another; none for other kernels. */
export function entryOf({ argv, language }: Kernelspec): string | undefined {
  return language === "typescript" ? argv.find((word) => /[\\/]main\.c?js$/.test(word)) : undefined;
}

/**
 * The kernelspec of that name: `retro` needs no installation, others are looked up where Jupyter
 * does.
 *
 * @throws InputError with the nearest name when there is none.
 */
export function findKernelspec(name: string): Kernelspec {
  if (name === "retro") return retroKernelspec();
  const names = new Set(["retro"]);
  for (const folder of dataFolders().map((data) => join(data, "kernels"))) {
    const file = join(folder, name, "kernel.json");
    if (existsSync(file)) {
      return { ...JSON.parse(readFileSync(file, "utf8")), folder: join(folder, name) };
    }
    if (existsSync(folder)) for (const other of readdirSync(folder)) names.add(other);
  }
  const known = [...names].sort().join(", ");
  throw new InputError(
    `there is no kernel ${JSON.stringify(name)}${didYouMean(name, names)}; installed are ${known}`,
  );
}
