import { spawnSync } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What `npm pack` makes, installed in an empty folder as a stranger would.
const root = resolve(import.meta.dirname, "../..");
const reachable = spawnSync("npm", ["ping"], { stdio: "ignore", timeout: 20_000 }).status === 0;
const hasNbclient = spawnSync("jupyter-execute", ["--version"], { stdio: "ignore" }).status === 0;

const NOTEBOOK = {
  cells: [
    cell("n", "const n: number = 2", ["parameters"]),
    cell("chart", "console.log(n + 1); vl.bar([{ a: 'x', b: n }], { x: 'a', y: 'b' })"),
  ],
  metadata: {
    kernelspec: { name: "retro", display_name: "TypeScript (Retro)", language: "typescript" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

const USE = `
import { type Extension, defineExtension, display, retro, vl } from "retro-kernel";
import * as charts from "retro-kernel/charts";
import * as analytics from "retro-kernel/analytics";

const monitor = new retro.models.analytics.TimeSeriesAnalyzer("ctr");
export const flag: boolean = monitor.update(1).anomaly;
display(vl.bar([{ a: 1 }], { x: "a" })).update(charts.line([1, 2, 3]));
analytics.funnel([{ impressions: 9, clicks: 3, conversions: 1 }]);
export const mine: Extension = defineExtension({ name: "mine", setup: () => {} });
// @ts-expect-error the declarations say what a verdict is
export const wrong: string = monitor.update(1).anomaly;
`;

describe.skipIf(!reachable)("the package, installed (needs npm's registry)", () => {
  let home: string;
  let app: string;
  const run = (command: string, words: string[], cwd = app, env: Record<string, string> = {}) => {
    const done = spawnSync(command, words, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    expect(done.status, `${command} ${words.join(" ")}\n${done.stdout}${done.stderr}`).toBe(0);
    return done.stdout;
  };

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "retro-package-"));
    // A copy, because packing builds dist/ anew and other tests are using it.
    const copy = join(home, "copy");
    for (const name of readdirSync(root)) {
      if (/^(kernel|extensions|datasets|notebooks|[^.].*\.(json|md)|LICENSE)$/.test(name)) {
        cpSync(join(root, name), join(copy, name), { recursive: true });
      }
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    run("npm", ["pack", "--silent", "--pack-destination", home], copy);
    const packed = readdirSync(home).find((name) => name.endsWith(".tgz")) as string;
    app = join(home, "app");
    mkdirSync(app);
    run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", join(home, packed)]);
    writeFileSync(join(app, "own.ipynb"), JSON.stringify(NOTEBOOK));
  }, 300_000);
  afterAll(() => home && rmSync(home, { recursive: true, force: true }));

  test("a notebook runs from the command line, with a parameter", () => {
    run("npx", ["retro", "run", "own.ipynb", "-o", "out.ipynb", "-p", "n=5"]);
    const { cells } = JSON.parse(readFileSync(join(app, "out.ipynb"), "utf8"));
    expect(cells.at(-1).outputs).toMatchObject([
      { text: ["6\n"] },
      { data: { "image/svg+xml": expect.anything() } },
    ]);
  });

  test.skipIf(!hasNbclient)("Jupyter runs it (needs jupyter-execute of nbclient)", () => {
    run("npx", ["retro", "install", "--prefix", "p"]);
    const path = { JUPYTER_PATH: join(app, "p", "share", "jupyter") };
    run("jupyter-execute", ["own.ipynb", "--output", "jupyter.ipynb"], app, path);
    expect(readFileSync(join(app, "jupyter.ipynb"), "utf8")).toContain("image/svg+xml");
  });

  test.each(["bundler", "node16", "nodenext"])("declarations are complete for %s", (resolution) => {
    writeFileSync(join(app, "use.mts"), USE);
    const words = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"];
    const module = resolution === "bundler" ? "esnext" : resolution;
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const how = ["--module", module, "--moduleResolution", resolution];
    expect(run(process.execPath, [tsc, ...words, ...how, "use.mts"])).toBe("");
  });

  test.skipIf(process.platform !== "linux")("it is as large as the README says (of Linux)", () => {
    const stated = Number(
      /takes (\d+) MB/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1],
    );
    const measured = sizeOf(join(app, "node_modules")) / 1e6;
    expect(Math.abs(measured / stated - 1), `${measured} MB`).toBeLessThan(0.1);
  });
});

function cell(id: string, source: string, tags: string[] = []) {
  return { cell_type: "code", id, metadata: { tags }, execution_count: null, outputs: [], source };
}

function sizeOf(path: string): number {
  const { size } = lstatSync(path);
  if (!lstatSync(path).isDirectory()) return size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), size);
}
