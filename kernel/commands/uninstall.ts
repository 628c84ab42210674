import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { didYouMean, InputError } from "../extension/index.js";
import { entryOf } from "../notebook/kernelspec.js";
import { kernelFolder, type Location, locationOptions } from "./location.js";

/** `retro uninstall`: takes the kernelspec away again. */
export function defineUninstall(program: Command): void {
  locationOptions(program.command("uninstall"))
    .description("remove an installed kernelspec")
    .action((options: Location) => {
      const folder = kernelFolder(options);
      expectOurs(folder, options.name);
      rmSync(folder, { recursive: true });
      console.log(`Removed the kernel ${options.name} from ${folder}`);
    });
}

function expectOurs(folder: string, name: string): void {
  const file = join(folder, "kernel.json");
  if (!existsSync(file)) {
    const parent = dirname(folder);
    const others = existsSync(parent) ? readdirSync(parent) : [];
    throw new InputError(
      `there is no kernel ${JSON.stringify(name)} in ${parent}${didYouMean(name, others)}`,
    );
  }
  if (entryOf(JSON.parse(readFileSync(file, "utf8"))) !== undefined) return;
  throw new InputError(
    `the kernel in ${folder} was not installed by retro; "jupyter kernelspec remove ${name}" removes it`,
  );
}
