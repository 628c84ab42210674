import { readFileSync } from "node:fs";

/** What becomes of a cell with type errors: it runs unchecked, runs with a warning, or does not run. */
export type CheckMode = "off" | "warn" | "strict";

export const CHECK_MODES: readonly CheckMode[] = ["off", "warn", "strict"];

const MAGIC = /^[ \t]*%check[ \t]+(off|warn|strict)[ \t]*$/m;
const COMMENT = /^\s*\/\/[ \t]*(?:%check[ \t]+(off|warn|strict)\b|(@ts-nocheck)\b)/;

export function isCheckMode(text: unknown): text is CheckMode {
  return CHECK_MODES.includes(text as CheckMode);
}

/** The mode that a cell's magic sets for it and all after it. */
export function modeSetBy(source: string): CheckMode | undefined {
  return source.includes("%check") ? (MAGIC.exec(source)?.[1] as CheckMode | undefined) : undefined;
}

/** The mode that the comment in a cell's first line sets for it alone: `// %check warn`. */
export function modeOfCell(source: string): CheckMode | undefined {
  const [, mode, nocheck] = COMMENT.exec(source) ?? [];
  return nocheck ? "off" : (mode as CheckMode | undefined);
}

/** The mode that the kernel's environment asks for, or the notebook that it was started for. */
export function modeAtStart(env: NodeJS.ProcessEnv): CheckMode {
  const mode = env.RETRO_CHECK ?? modeOfNotebook(env.JPY_SESSION_NAME) ?? "strict";
  if (isCheckMode(mode)) return mode;
  process.stderr.write(
    `retro: RETRO_CHECK is ${JSON.stringify(mode)}, not one of ${CHECK_MODES.join(", ")}; cells are checked\n`,
  );
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
