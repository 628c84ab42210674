import type { Magic } from "../../extension/contract.js";
import { didYouMean, InputError } from "../../extension/input-error.js";

const OPTIONS = ["--scripts", "--dev"];
const USAGE = "[--scripts] [--dev] package[@version] …";

export interface InstallParts {
  /** The notebook's. */
  folder: string;
  /** Called with the names of the packages that are there now. */
  installed: (names: string[]) => void;
}

/** `%install package@version …`: npm in the notebook's folder, for this cell and all that follow. */
export function installMagic({ folder, installed }: InstallParts): Magic {
  return {
    doc: "Installs packages and their types in the notebook's folder; their scripts run only with --scripts.",
    usage: USAGE,
    values: OPTIONS,
    form: "line",
    run: async (argument) => {
      const words = argument.split(/\s+/).filter((word) => word !== "");
      for (const word of words) {
        if (!word.startsWith("-") || OPTIONS.includes(word)) continue;
        const hint = didYouMean(word, OPTIONS);
        throw new InputError(`%install has no option ${word}${hint}; usage: %install ${USAGE}`);
      }
      const packages = words.filter((word) => !word.startsWith("-"));
      if (packages.length === 0)
        throw new InputError(`%install needs a package: %install ${USAGE}`);
      const { installPackages } = await import("./install-packages.js");
      const [scripts, dev] = OPTIONS.map((option) => words.includes(option));
      installed(await installPackages(folder, packages, { scripts, dev }));
    },
  };
}
