import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const packages = resolve(import.meta.dirname, "../../node_modules");
const OPTIONS = {
  target: "es2023",
  lib: ["esnext"],
  module: "nodenext",
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
};

/** What the compiler says of some files, `name(line,column): message` each; one run for all. */
export async function typeCheck(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "retro-types-"));
  try {
    await symlink(packages, join(folder, "node_modules"), "junction");
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const tsc = join(packages, "typescript/bin/tsc");
    const run = promisify(execFile)(process.execPath, [tsc, "-p", "."], { cwd: folder });
    return await run.then(
      () => [],
      ({ stdout, stderr }) => `${stdout}${stderr}`.split("\n").filter((line) => /\S/.test(line)),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
