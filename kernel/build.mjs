import { readdirSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Beside dist/, whose place it takes when it is whole. */
const draft = join(root, `.dist-${process.pid}`);

const common = {
  absWorkingDir: root,
  bundle: true,
  logLevel: "silent",
  outdir: draft,
};

const node = { ...common, format: "esm", platform: "node", target: "node20.19" };

/** What the main thread and the command load: they share instances, packages stay outside. */
function modules() {
  return build({
    ...node,
    entryPoints: {
      runtime: "kernel/runtime/start.ts",
      cli: "kernel/cli.ts",
      index: "extensions/index.ts",
      charts: "extensions/charts/vl.ts",
      analytics: "extensions/analytics/analytics.ts",
      tslab: "kernel/display/tslab.ts",
      extensions: "built-in-extensions",
    },
    inject: ["kernel/own-globals.mjs"],
    packages: "external",
    splitting: true,
    plugins: [builtInExtensions],
  });
}

/** The threads: one file each; native packages stay outside. Node starts CommonJS quicker. */
function threads() {
  return build({
    ...node,
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    entryPoints: {
      main: "kernel/main.ts",
      server: "kernel/server/worker.ts",
      language: "kernel/language/index.ts",
      checker: "kernel/language/check/index.ts",
    },
    external: ["esbuild"],
    // Its other form asks for its parts by names that no bundler follows.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    inject: ["kernel/own-globals.mjs"],
    plugins: [zeromqAddon, runtimeLater],
    define: { "import.meta.url": "fileUrl" },
    banner: { js: 'const fileUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}

/** What draws charts; Vega waits at its top level, which CommonJS cannot. */
function renderer() {
  return build({
    ...node,
    entryPoints: { "render-worker": "kernel/server/render-worker.ts" },
    external: ["@resvg/resvg-js"],
    // Some packages inside are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);',
    },
  });
}

/** The entry loads the runtime when a client is about to get its first answer. */
const runtimeLater = {
  name: "runtime-later",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/runtime\/start\.js$/ }, () => ({
      path: "./runtime.js",
      external: true,
    }));
  },
};

/** The code of zeromq goes into the bundle; its native part stays where npm put it. */
const zeromqAddon = {
  name: "zeromq-addon",
  setup({ onLoad }) {
    onLoad({ filter: /zeromq[\\/]lib[\\/]load-addon\.js$/ }, () => ({
      contents: `
        const { loadAddon } = require("cmake-ts/build/loader");
        const { dirname, join } = require("node:path");
        exports.__esModule = true;
        exports.default = loadAddon(join(dirname(require.resolve("zeromq/package.json")), "build"));`,
      resolveDir: join(root, "node_modules", "zeromq", "lib"),
    }));
  },
};

/** What draws the charts of a report in the reader's browser. */
function reportScript() {
  return build({
    ...common,
    entryPoints: { "report-charts": "kernel/notebook/report/charts.ts" },
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
  });
}

/** The kernel imports no extension; the built-in ones are every folder of extensions/. */
const builtInExtensions = {
  name: "built-in-extensions",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^built-in-extensions$/ }, ({ path }) => ({
      path,
      namespace: "generated",
    }));
    onLoad({ filter: /./, namespace: "generated" }, () => {
      const folders = readdirSync(join(root, "extensions"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
      const imports = folders.map(
        (name, i) => `import e${i} from "./extensions/${name}/index.ts";`,
      );
      const list = folders.map((_, i) => `e${i}`).join(", ");
      return { contents: `${imports.join("\n")}\nexport default [${list}];`, resolveDir: root };
    });
  },
};

/** The logos of the kernelspec, drawn from one source. */
async function logos() {
  const { Resvg } = await import("@resvg/resvg-js");
  const svg = await readFile(join(root, "kernel/commands/logo.svg"), "utf8");
  const folder = join(draft, "logos");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "logo-svg.svg"), svg);
  for (const size of [32, 64]) {
    const picture = new Resvg(svg, { fitTo: { mode: "width", value: size } }).render().asPng();
    await writeFile(join(folder, `logo-${size}x${size}.png`), picture);
  }
}

/** Builds dist/ afresh; the old one stays as it is when that fails. */
export async function buildAll() {
  const dist = join(root, "dist");
  try {
    const parts = await Promise.allSettled([
      modules(),
      threads(),
      renderer(),
      reportScript(),
      logos(),
    ]);
    for (const { reason } of parts) if (reason) throw reason;
    await rm(dist, { recursive: true, force: true });
    await rename(draft, dist);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Bundles one suite of test/bench; the path of the program. */
export async function buildBench(suite) {
  const file = join(root, "dist", "bench", `${suite}.js`);
  await build({
    ...node,
    entryPoints: [`test/bench/${suite}.ts`],
    outdir: undefined,
    outfile: file,
    packages: "external",
  });
  return file;
}
