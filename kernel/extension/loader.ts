import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Extension } from "./contract.js";
import { InputError } from "./input-error.js";

/** The extensions that a folder's package.json asks for under `retro.extensions`: files or packages. */
export async function listedExtensions(folder: string): Promise<string[]> {
  const file = join(folder, "package.json");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return [];
  }
  let listed: unknown;
  try {
    listed = JSON.parse(text)?.retro?.extensions ?? [];
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
  if (!Array.isArray(listed) || listed.some((name) => typeof name !== "string")) {
    throw new InputError(
      `${file}: retro.extensions must be a list of files or packages, e.g. ["./my-extension.ts"]`,
    );
  }
  return listed;
}

/** The extension that a module exports, by default or under any name. */
export function extensionOf(module: object, from: string): Extension {
  const found = Object.values({ ...module }).find(isExtension);
  if (!found) {
    throw new InputError(
      `${from} exports no extension: write "export default defineExtension({ name: … })"`,
    );
  }
  return found;
}

function isExtension(value: unknown): value is Extension {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    ["names", "formatters", "describeType", "datasets", "environments", "magics", "setup"].some(
      (part) => part in value,
    )
  );
}
