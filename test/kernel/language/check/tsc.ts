import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { standardLibrary } from "../../../../kernel/language/check/standard-library.js";

const MODULES = resolve(import.meta.dirname, "../../../../node_modules");

/** What cells are checked with. */
const OPTIONS = {
  strict: true,
  lib: standardLibrary(),
  types: ["node"],
  target: "esnext",
  module: "preserve",
  moduleResolution: "bundler",
  moduleDetection: "force",
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
};

/**
 * What tsc says of each of several texts, as `line:column TS2322`: one process for all of them.
 *
 * @param beside files that they may import, by name
 */
export async function tsc(
  texts: readonly string[],
  beside: Record<string, string>,
): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "retro-tsc-"));
  symlinkSync(MODULES, join(folder, "node_modules"), "junction");
  const names = texts.map((_, n) => `case-${n}.ts`);
  const config = JSON.stringify({ compilerOptions: OPTIONS, files: names });
  const cases = Object.fromEntries(texts.map((text, n) => [`case-${n}.ts`, text]));
  for (const [name, text] of Object.entries({ ...beside, ...cases, "tsconfig.json": config })) {
    writeFileSync(join(folder, name), text);
  }
  const args = [join(MODULES, "typescript/bin/tsc"), "-p", folder, "--pretty", "false"];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, args, (_, stdout) => done(stdout));
  });
  rmSync(folder, { recursive: true });
  const said = texts.map((): string[] => []);
  for (const line of output.split("\n").filter((line) => /^\S/.test(line))) {
    const [, n, row, column, code] =
      /case-(\d+)\.ts\((\d+),(\d+)\): error (TS\d+):/.exec(line) ?? [];
    if (n === undefined) throw new Error(line);
    said[Number(n)]?.push(`${row}:${column} ${code}`);
  }
  return said;
}
