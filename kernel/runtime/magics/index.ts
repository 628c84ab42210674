import type { Magic } from "../../extension/contract.js";
import { bashMagic } from "./bash.js";
import { cd } from "./cd.js";
import { check } from "./check.js";
import { env } from "./env.js";
import { help } from "./help.js";
import { html } from "./html.js";
import { type InstallParts, installMagic } from "./install.js";
import { type LoadParts, loadMagic } from "./load.js";
import { markdown } from "./markdown.js";
import { reset } from "./reset.js";
import { shellMagic } from "./shell.js";
import { time } from "./time.js";
import { timeit } from "./timeit.js";
import { who } from "./who.js";

/** What the kernel's own magics work with. */
export interface MagicParts extends InstallParts, LoadParts {
  /** All magics, those of extensions too. */
  magics: () => Record<string, Magic>;
  /** The names that cells declared, with their values. */
  names: () => [name: string, value: unknown][];
  /** How cells are checked. */
  mode: () => string;
  /** Forgets these names and the results. */
  forget: () => void;
}

/** The kernel's own magics by name; a line `!command` runs the one named `shell`. */
export function builtInMagics(parts: MagicParts): Record<string, Magic> {
  return {
    help: help(parts.magics),
    time,
    timeit,
    who: who(parts.names),
    reset: reset(parts.forget),
    check: check(parts.mode),
    env,
    cd,
    install: installMagic(parts),
    load: loadMagic(parts),
    shell: shellMagic(),
    bash: bashMagic(),
    html,
    markdown,
  };
}
