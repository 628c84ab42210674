import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../extension/input-error.js";
import { findProgram } from "./find-program.js";
import { CommandError, runCommand } from "./run-command.js";

/** Why npm could not do what it was asked. */
export class NpmError extends Error {
  constructor(
    /** npm's own: `E404`, `ETARGET`, `ENOTFOUND`. */
    readonly code: string,
    message: string,
    /** More lines of it. */
    readonly detail: string,
  ) {
    super(message);
  }
}

/**
 * Runs npm in a folder, which need not have a package.json and is never left for one above it.
 *
 * @param onFetch told how many more files came from the registry, or from npm's cache of it
 * @returns what npm answers, as JSON
 * @throws NpmError with npm's reason; InputError when there is no npm
 */
export async function npm(
  folder: string,
  words: readonly string[],
  onFetch: (files: number) => void = () => {},
): Promise<string> {
  const [program, ...args] = findNpm();
  const printed = { stdout: "", stderr: "" };
  const options = ["--prefix", folder, "--json", "--loglevel=http", "--no-audit", "--no-fund"];
  // npm's own patience is over a minute.
  options.push("--fetch-retry-mintimeout=500", "--fetch-retry-maxtimeout=2000");
  try {
    await runCommand(program as string, [...args, ...options, ...words], {
      shown: "npm",
      cwd: folder,
      onText(stream, text) {
        printed[stream] += text;
        if (stream === "stderr") onFetch(text.match(/^npm http /gm)?.length ?? 0);
      },
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw reasonOf(printed) ?? error;
  }
  return printed.stdout;
}

function reasonOf({ stdout, stderr }: { stdout: string; stderr: string }): NpmError | undefined {
  try {
    const { code = "", summary, detail = "" } = JSON.parse(stdout).error;
    return new NpmError(code, String(summary).trim().split("\n", 1)[0] as string, String(detail));
  } catch {
    const line = /^npm (?:error|ERR!) (?!code)(.+)$/m.exec(stderr)?.[1];
    return line === undefined ? undefined : new NpmError("failed", line, stderr);
  }
}

/** The npm that came with this Node, which need not be on the PATH; else any. */
function findNpm(): string[] {
  const beside = dirname(process.execPath);
  const found = findProgram("npm", beside);
  if (found === undefined) {
    throw new InputError(
      `%install needs npm, which is neither in ${beside} nor on the PATH; it comes with Node from nodejs.org`,
    );
  }
  if (process.platform === "win32") {
    return [process.execPath, join(dirname(found), "node_modules", "npm", "bin", "npm-cli.js")];
  }
  const file = realpathSync(found);
  // A script would be run by the Node that is on the PATH.
  return file.endsWith(".js") ? [process.execPath, file] : [file];
}
