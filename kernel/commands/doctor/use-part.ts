import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { distFile } from "../../notebook/package-folder.js";
import type { Finding } from "./finding.js";
import { PARTS, type Part } from "./parts.js";
import { reinstall } from "./reinstall.js";

/** What comes back from the process that used a part. */
type Outcome = { did: string } | { wrong: string };

/** Uses a part in a process of its own, which a broken one may take down. */
export async function examine(name: string, part: Part): Promise<Finding> {
  const outcome = await new Promise<Outcome>((resolve) => {
    const words = [distFile("cli.js"), "doctor", "--part", name];
    const options = { timeout: 90_000, killSignal: "SIGKILL" } as const;
    execFile(process.execPath, words, options, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
      } catch {
        const how = error?.signal ? `was ended by ${error.signal}` : `ended with ${error?.code}`;
        const last = stderr.trim().split("\n").at(-1);
        resolve({ wrong: `the process that used it ${how}${last ? `: ${last}` : ""}` });
      }
    });
  });
  const finding = { component: name, version: part.package && versionOf(part.package) };
  if ("did" in outcome) return { ...finding, state: "good", says: outcome.did };
  return {
    ...finding,
    state: part.optional ? "doubtful" : "broken",
    says: outcome.wrong,
    cure:
      part.cure?.(outcome.wrong) ??
      (part.package ? "" : "mend what is broken above, else ") + reinstall(),
  };
}

/** The other side: uses the part here and prints what came of it. */
export async function usePart(name: string): Promise<void> {
  // The exit takes a started kernel along.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(130));
  let outcome: Outcome;
  try {
    outcome = { did: (await PARTS[name]?.use()) ?? "" };
  } catch (error) {
    outcome = { wrong: inOneLine(error as Error) };
  }
  process.stdout.write(`\n${JSON.stringify(outcome)}\n`, () => process.exit());
}

/** What is wrong, with the error that a kernel died of. */
function inOneLine({ message }: Error): string {
  const [first = "", ...rest] = message.trim().split("\n");
  return first.endsWith(":")
    ? `${first} ${rest.find((line) => /Error\b/.test(line)) ?? rest[0]}`
    : first;
}

function versionOf(name: string): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return JSON.parse(readFileSync(file, "utf8")).version;
  } catch {
    return undefined;
  }
}
