import { readFileSync } from "node:fs";
import { didYouMean, InputError } from "../extension/input-error.js";
import { language } from "../runtime/language.js";

/** What becomes of a cell with type errors: it runs unchecked, runs with a warning, or does not run. */
export type CheckMode = "off" | "warn" | "strict";

export const CHECK_MODES: readonly CheckMode[] = ["off", "warn", "strict"];

/** Where a notebook says how its cells are checked. */
export const NOTEBOOK_CHECK = "metadata.retro.check of the notebook";

const COMMENT = /^\s*\/\/[ \t]*(?:%check[ \t]+(off|warn|strict)\b|(@ts-nocheck)\b)/;

/** @throws InputError with the nearest mode; `where` says what was given. */
export function checkMode(given: unknown, where: string): CheckMode {
  const mode = CHECK_MODES.find((mode) => mode === given);
  if (mode) return mode;
  const hint = typeof given === "string" ? didYouMean(given, CHECK_MODES) : "";
  throw new InputError(`${where} is off, warn or strict, not ${JSON.stringify(given)}${hint}`);
}

/** The mode that a cell's magic sets for it and all after it. */
export function modeSetBy(source: string): CheckMode | undefined {
  if (!source.includes("%check")) return undefined;
  const { cellMagic, magicLines } = language();
  if (cellMagic(source)) return undefined;
  const modes = [...magicLines(source)].flatMap((line) =>
    line.kind === "call" && line.name === "check" ? line.argument.trim() : [],
  );
  return CHECK_MODES.find((mode) => mode === modes.at(-1));
}

/** The mode that the comment in a cell's first line sets for it alone: `// %check warn`. */
export function modeOfCell(source: string): CheckMode | undefined {
  const [, mode, nocheck] = COMMENT.exec(source) ?? [];
  return nocheck ? "off" : (mode as CheckMode | undefined);
}

/** The mode that the kernel's environment asks for, or the notebook that it was started for. */
export function modeAtStart(env: NodeJS.ProcessEnv): CheckMode {
  const asked: [given: unknown, where: string][] = [
    [env.RETRO_CHECK, "RETRO_CHECK"],
    [modeOfNotebook(env.JPY_SESSION_NAME), NOTEBOOK_CHECK],
  ];
  for (const [given, where] of asked) {
    if (given === undefined) continue;
    try {
      return checkMode(given, where);
    } catch (error) {
      process.stderr.write(`retro: ${(error as Error).message}\n`);
    }
  }
  return "strict";
}

/** `metadata.retro.check` of a notebook; Jupyter's server names the file to the kernels it starts. */
function modeOfNotebook(file: string | undefined): unknown {
  if (!file?.endsWith(".ipynb")) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"))?.metadata?.retro?.check;
  } catch {
    return undefined;
  }
}
