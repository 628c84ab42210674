import { type Command, Option } from "commander";
import type { Finding } from "./doctor/finding.js";

interface DoctorCommand {
  json?: boolean;
  part?: string;
}

/** `retro doctor`: every component with its state, and the cure where one is broken. */
export function defineDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check every component, and say what mends a broken one")
    .option("--json", "print one JSON object about the components")
    .addOption(new Option("--part <name>", "use one part in this process").hideHelp())
    .action(async ({ json = false, part }: DoctorCommand) => {
      if (part === undefined) process.exitCode = await doctor(json);
      else await (await import("./doctor/use-part.js")).usePart(part);
    });
}

async function doctor(json: boolean): Promise<number> {
  const findings: Finding[] = [];
  for await (const finding of examined()) {
    findings.push(finding);
    if (!json) console.log(words(finding));
  }
  const broken = findings.filter(({ state }) => state === "broken").map((f) => f.component);
  if (json) {
    const status = broken.length === 0 ? "ok" : "broken";
    console.log(JSON.stringify({ status, components: findings }));
  } else {
    console.log(broken.length === 0 ? "\nRetro works here." : `\nbroken: ${broken.join(", ")}`);
  }
  return broken.length === 0 ? 0 : 1;
}

/** One check after the other; one that fails is a finding too. */
async function* examined(): AsyncGenerator<Finding> {
  for (const [component, check] of await checks()) {
    try {
      yield* [await check()].flat();
    } catch (error) {
      const says = `could not be checked: ${(error as Error).message}`;
      yield { component, state: "doubtful", says };
    }
  }
}

type Check = () => Finding | Finding[] | Promise<Finding>;

async function checks(): Promise<[string, Check][]> {
  const [machine, { PARTS }, { examine }, { kernelspecs }, { clients, jupyterLab }] =
    await Promise.all([
      import("./doctor/machine.js"),
      import("./doctor/parts.js"),
      import("./doctor/use-part.js"),
      import("./doctor/kernelspecs.js"),
      import("./doctor/jupyter.js"),
    ]);
  return [
    ["Retro", machine.retro],
    ["Node", machine.node],
    ["platform", machine.platform],
    ["built files", machine.built],
    ["temp folder", machine.temporary],
    ...Object.entries(PARTS).map(([name, part]): [string, Check] => [
      name,
      () => examine(name, part),
    ]),
    ["kernelspec", kernelspecs],
    ["JupyterLab", jupyterLab],
    ["Jupyter clients", clients],
  ];
}

const MARKS = { good: "✓", absent: "-", doubtful: "!", broken: "✗" };

function words({ component, state, version = "", says, cure }: Finding): string {
  const name = `${component} ${version}`.trimEnd().padEnd(24);
  const lines = [`${MARKS[state]} ${name} ${says}`];
  if (cure !== undefined) lines.push(...cure.split("\n").map((line) => `    ${line}`));
  return lines.join("\n");
}
