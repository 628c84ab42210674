import { parse, YAMLParseError } from "yaml";
import { InputError } from "../extension/index.js";
import { readGiven } from "./given-file.js";
import { expectParameter, type ParameterKind, type Parameters } from "./parameters.js";

/**
 * Values for a notebook's parameters: those of a file, then `name=value` words, which win.
 *
 * @throws InputError saying what was expected when a name or a value does not fit.
 */
export function parameterValues(
  parameters: Parameters,
  words: readonly string[],
  file?: string,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(file === undefined ? {} : readValues(file))) {
    const kind = expectParameter(name, parameters);
    if (!fits(value, kind)) throw misfit(name, kind, JSON.stringify(value), ` in ${file}`);
    values[name] = value;
  }
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) {
      throw new InputError(`a parameter is given as name=value, not ${JSON.stringify(word)}`);
    }
    const name = word.slice(0, at);
    values[name] = readWord(name, word.slice(at + 1), expectParameter(name, parameters));
  }
  return values;
}

function readWord(name: string, text: string, kind: ParameterKind): unknown {
  if (kind === "string") return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = kind === "number" && text.trim() !== "" ? Number(text) : text;
  }
  if (fits(value, kind)) return value;
  throw misfit(name, kind, JSON.stringify(text), "");
}

function fits(value: unknown, kind: ParameterKind): boolean {
  if (kind === "any") return true;
  if (kind === "array") return Array.isArray(value);
  if (kind === "number") return Number.isFinite(value);
  return typeof value === kind && value !== null && !Array.isArray(value);
}

const EXPECTED: Record<ParameterKind, string> = {
  number: "a number",
  boolean: "true or false",
  string: "text",
  array: "a JSON array",
  object: "a JSON object",
  any: "a value",
};

function misfit(name: string, kind: ParameterKind, given: string, where: string): InputError {
  return new InputError(`the parameter ${name} takes ${EXPECTED[kind]}, not ${given}${where}`);
}

/** JSON is YAML too, so one reader serves both. */
function readValues(file: string): Record<string, unknown> {
  let values: unknown;
  const text = readGiven(file, "parameters");
  try {
    values = parse(text);
  } catch (error) {
    const at = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    const place = at === undefined ? file : `${file}:${at.line}:${at.col}`;
    const [why] = (error as Error).message.split(/ at line \d|\n/);
    throw new InputError(`${place}: cannot read the parameters: ${why}`);
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new InputError(`${file}: parameters are an object, one name and value each`);
  }
  return values as Record<string, unknown>;
}
