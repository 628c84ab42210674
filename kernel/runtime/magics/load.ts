import { statSync } from "node:fs";
import { join } from "node:path";
import type { Extension, Magic } from "../../extension/contract.js";
import { InputError } from "../../extension/input-error.js";

export interface LoadParts {
  /** The notebook's. */
  folder: string;
  /** Registers what a file or package exports, in place of what came from there before. */
  add: (from: string) => Promise<Extension>;
  /** Called when names have changed. */
  announce: () => void;
}

/** `%load ./file.ts` or `%load package`: an extension, in place of what came from there before. */
export function loadMagic({ folder, add, announce }: LoadParts): Magic {
  return {
    doc: "Loads an extension from a file or a package; again after the file was changed.",
    usage: "file-or-package",
    form: "line",
    run: async (argument) => {
      if (argument === "") throw new InputError("%load needs a file or a package: %load ./shop.ts");
      // As it would stand in package.json, so that both mean the same extension.
      const { isPath } = await import("../module-packages.js");
      const file = isPath(argument)
        ? undefined
        : statSync(join(folder, argument), { throwIfNoEntry: false });
      const extension = await add(file?.isFile() ? `./${argument}` : argument);
      announce();
      process.stdout.write(`${summary(extension)}\n`);
    },
  };
}

/** `shop: names shop, retro.shop; magics %shout; data sets orders` */
function summary({ name, names, magics, datasets, formatters, environments }: Extension): string {
  const parts = [
    ["names", Object.keys(names ?? {})],
    ["magics", Object.entries(magics ?? {}).map(([key, { form }]) => magicName(key, form))],
    ["data sets", Object.keys(datasets ?? {})],
    ["environments", Object.keys(environments ?? {})],
    ["formatters", (formatters ?? []).map((formatter) => formatter.name)],
  ] as const;
  const brought = parts.filter(([, list]) => list.length > 0);
  if (brought.length === 0) return `${name}: loaded`;
  return `${name}: ${brought.map(([kind, list]) => `${kind} ${list.join(", ")}`).join("; ")}`;
}

function magicName(name: string, form: Magic["form"]): string {
  return form === "cell" ? `%%${name}` : `%${name}`;
}
