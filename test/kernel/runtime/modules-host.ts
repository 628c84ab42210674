import { type ChildProcess, fork } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const project = join(import.meta.dirname, "../../..");

const HOST = `
import { createModules, moduleOrigin } from "./modules.js";
const modules = createModules(process.argv[2]);
globalThis.modules = modules;
globalThis.moduleOrigin = moduleOrigin;
const AsyncFunction = (async () => {}).constructor;
process.on("message", async ({ id, code }) => {
  try {
    process.send({ id, value: await new AsyncFunction(code)() });
  } catch (error) {
    process.send({ id, error: { name: error.name, message: error.message, stack: error.stack } });
  }
});`;

/** What a snippet failed with. */
export interface Failure {
  name: string;
  message: string;
  stack: string;
}

/**
 * A Node process with `modules` in scope, as an installed kernel in a folder beside a notebook's.
 *
 * The modules are bundled and run natively: a test runner's own `import()` is not Node's.
 */
export class ModulesHost {
  readonly root = mkdtempSync(join(tmpdir(), "retro-modules-"));
  readonly folder = join(this.root, "notebook");
  private child: ChildProcess | undefined;
  private asked = 0;

  async start(): Promise<void> {
    const packages = join(this.root, "install/node_modules");
    const dist = join(packages, "retro-kernel/dist");
    mkdirSync(dist, { recursive: true });
    mkdirSync(this.folder);
    for (const name of readdirSync(join(project, "node_modules"))) {
      if (!name.startsWith("."))
        symlinkSync(join(project, "node_modules", name), join(packages, name));
    }
    const manifest = readFileSync(join(project, "package.json"));
    writeFileSync(join(packages, "retro-kernel/package.json"), manifest);
    writeFileSync(join(dist, "index.js"), `export const kernel = "running";`);
    writeFileSync(join(dist, "tslab.js"), `export const display = "running";`);
    writeFileSync(join(dist, "host.js"), HOST);
    await build({
      stdin: {
        contents: `export * from "./modules.js"; export * from "./module-origins.js";`,
        resolveDir: join(project, "kernel/runtime"),
        loader: "ts",
      },
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outdir: dist,
      entryNames: "modules",
      logLevel: "error",
    });
    this.child = fork(join(dist, "host.js"), [this.folder], {
      execPath: process.env.RETRO_TEST_NODE ?? process.execPath,
      execArgv: [],
    });
  }

  /** Writes a file of the notebook's folder. */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Runs the body of an async function; what it returns must be JSON. */
  run(code: string): Promise<unknown> {
    const id = ++this.asked;
    const child = this.child as ChildProcess;
    return new Promise((resolve, reject) => {
      const answer = (message: { id: number; value?: unknown; error?: Failure }) => {
        if (message.id !== id) return;
        child.off("message", answer);
        if (message.error) reject(message.error);
        else resolve(message.value);
      };
      child.on("message", answer);
      child.send({ id, code });
    });
  }

  async fail(code: string): Promise<Failure> {
    return this.run(code).then(
      (value) => {
        throw new Error(`no error, but ${JSON.stringify(value)}`);
      },
      (failure) => failure as Failure,
    );
  }

  stop(): void {
    this.child?.kill();
    rmSync(this.root, { recursive: true, force: true });
  }
}
