import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const MODULES = resolve(import.meta.dirname, "../../../../node_modules");

/** What cells are checked with. */
const OPTIONS = {
  strict: true,
  lib: ["esnext"],
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

/** What tsc says of each of several files, as `line:column TS2322`; one process for all of them. */
export async function tsc(folder: string, files: readonly string[]): Promise<string[][]> {
  symlinkSync(MODULES, join(folder, "node_modules"), "junction");
  for (const [n, text] of files.entries()) {
    writeFileSync(join(folder, `case-${n}.ts`), text);
  }
  const include = files.map((_, n) => `case-${n}.ts`);
  const config = { compilerOptions: OPTIONS, files: include };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(MODULES, "typescript/bin/tsc");
  const output = await new Promise<string>((done) => {
    const args = [tsc, "-p", folder, "--pretty", "false"];
    execFile(process.execPath, args, (_, stdout) => done(stdout));
  });
  const said = files.map((): string[] => []);
  for (const line of output.split("\n").filter((line) => /^\S/.test(line))) {
    const [, n, row, column, code] =
      /case-(\d+)\.ts\((\d+),(\d+)\): error (TS\d+):/.exec(line) ?? [];
    if (n === undefined) throw new Error(line);
    said[Number(n)]?.push(`${row}:${column} ${code}`);
  }
  return said;
}
