import process from "node:process";
import { display } from "../../display/index.js";
import { renderTable } from "../../display/table.js";
import type { Magic } from "../../extension/contract.js";
import { didYouMean, InputError } from "../../extension/input-error.js";

const SECRET = /KEY|TOKEN|SECRET|PASSW(OR)?D|CREDENTIAL/i;
const MASK = "••••••";

/** `%env`: the environment of the kernel's process, and of what it starts. */
export const env: Magic = {
  doc: "Lists the environment variables, shows one, or sets one; secrets are masked in the list.",
  usage: "[NAME | NAME=value]",
  form: "line",
  run: (argument) => {
    const [, name, value] = /^([^=]+?)[ \t]*(?:=[ \t]*(.*))?$/.exec(argument) ?? [];
    if (value !== undefined && name !== undefined) set(name, value);
    else if (name !== undefined) display.text(variable(name));
    else if (argument === "") list();
    else throw new InputError(`%env takes NAME or NAME=value, not ${JSON.stringify(argument)}`);
  },
};

function set(name: string, value: string): void {
  process.env[name] = value;
  process.stdout.write(`${name}=${shown(name, value)}\n`);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value !== undefined) return value;
  const near = didYouMean(name, Object.keys(process.env));
  throw new InputError(
    `%env: there is no environment variable ${name}${near}; %env ${name}=value sets it`,
  );
}

function list(): void {
  const names = Object.keys(process.env).sort();
  const table = renderTable({
    rows: names.length,
    shown: names.length,
    label: (row) => names[row] ?? "",
    columns: [
      {
        name: "value",
        type: () => "",
        at: (row) => shown(names[row] ?? "", process.env[names[row] ?? ""] ?? ""),
      },
    ],
  });
  display.raw(table.data);
}

function shown(name: string, value: string): string {
  return SECRET.test(name) && value !== "" ? MASK : value;
}
