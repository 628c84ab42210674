import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { dataFolders, userDataFolder } from "../../notebook/jupyter-folders.js";
import { entryOf, type Kernelspec, retroKernelspec } from "../../notebook/kernelspec.js";
import { VERSION } from "../../version.js";
import type { Finding } from "./finding.js";

/** Every kernelspec of Retro that Jupyter would offer, and whether it starts what it should. */
export function kernelspecs(): Finding[] {
  const findings = dataFolders().flatMap((data) => {
    const folder = join(data, "kernels");
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    return names.flatMap((name) => examine(data, name) ?? []);
  });
  if (findings.length > 0) return findings;
  return [
    {
      component: "kernelspec",
      state: "absent",
      says: 'Jupyter does not offer the kernel ("retro lab" does without)',
      cure: "retro install --user",
    },
  ];
}

function examine(data: string, name: string): Finding | undefined {
  const folder = join(data, "kernels", name);
  const component = `kernelspec ${name}`;
  const cure = `retro install ${place(data)}${name === "retro" ? "" : ` --name ${name}`}`;
  let spec: Kernelspec;
  let main: string | undefined;
  try {
    spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    main = entryOf(spec);
  } catch (error) {
    if (name !== "retro") return undefined;
    return { component, state: "broken", says: `${folder}: ${(error as Error).message}`, cure };
  }
  if (main === undefined) return undefined;
  const version = versionAt(main);
  const [program = ""] = spec.argv;
  const missing = [program, main].find((path) => !existsSync(path));
  if (missing !== undefined) {
    const says = `${folder}: starts ${missing}, which is not there`;
    return { component, version, state: "broken", says, cure };
  }
  if (main !== entryOf(retroKernelspec())) {
    const says = `${folder}: starts another Retro${version === VERSION ? "" : `, not ${VERSION}`}, ${main}`;
    return { component, version, state: "doubtful", says, cure };
  }
  if (!isDeepStrictEqual(essence(spec), essence(retroKernelspec()))) {
    const says = `${folder}: was written by another version`;
    return { component, version, state: "doubtful", says, cure };
  }
  return { component, version, state: "good", says: `${folder}, runs ${program}` };
}

/** What is not the user's choice. */
function essence({ argv: [, ...argv], display_name, env, ...rest }: Kernelspec): object {
  return { ...rest, argv };
}

/** Where `retro install` would write over it. */
function place(data: string): string {
  if (data === userDataFolder()) return "--user";
  const share = dirname(data);
  const isPrefix = basename(data) === "jupyter" && basename(share) === "share";
  return isPrefix ? `--prefix ${dirname(share)}` : "--user";
}

/** The version of the package that an entry belongs to. */
function versionAt(main: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(dirname(main), "..", "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}
