// Runs before anything is installed, so it is plain JavaScript and needs nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const commands = { start, test, build, bench, "bench:peers": benchPeers };

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(2, `Retro needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org`);
}
if (!Object.hasOwn(commands, command)) {
  fail(
    2,
    `unknown command ${command ?? "(none given)"}; there are ${Object.keys(commands).join(", ")}`,
  );
}
await commands[command]();

/** `npm start [-- --data FILE] [-p name=value ...]`: the first notebook, on the user's data if given. */
async function start() {
  const words = startArguments(args);
  ensureInstalled();
  await ensureBuilt();
  const notebook = join("notebooks", "01-campaign.ipynb");
  const outputs = ["-o", "out/01-campaign.ipynb", "--html", "out/01-campaign.html"];
  process.chdir(root);
  process.argv = [process.execPath, "retro", "run", notebook, ...outputs, ...words];
  await import("../dist/cli.js");
}

/** `npm test [-- ARGUMENTS]`: every test, or what the arguments of Vitest choose. */
async function test() {
  ensureInstalled();
  await ensureBuilt();
  nameWhatIsMissing();
  const reporter = args.some((word) => word.startsWith("--reporter")) ? [] : ["--reporter=verbose"];
  process.exit(run(bin("vitest"), ["run", ...reporter, ...args]));
}

/** `npm run build`: dist/ afresh. */
async function build() {
  ensureInstalled();
  await ensureBuilt({ afresh: true });
}

/** `npm run bench -- SUITE [ARGUMENTS]`: one suite of test/bench. */
async function bench() {
  const folder = join(root, "test", "bench");
  const suites = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.startsWith("bench."))
    .map((name) => name.slice(0, -3));
  const [suite, ...rest] = args;
  if (!suites.includes(suite)) {
    fail(2, `unknown suite ${suite ?? "(none given)"}; there are ${suites.join(", ")}`);
  }
  ensureInstalled();
  await ensureBuilt();
  const { buildBench } = await import("./build.mjs");
  process.exit(run(await buildBench(suite), rest));
}

/** `npm run bench:peers`: what the benchmarks compare with, pinned, into .bench-peers/. */
function benchPeers() {
  const pins = join(root, "test", "bench", "peers");
  const folder = join(root, ".bench-peers");
  const node = join(folder, "node");
  const python = join(folder, "python");
  mkdirSync(node, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(join(pins, name), join(node, name));
  }
  const { dependencies } = JSON.parse(read(join(pins, "package.json")));
  const packages = Object.entries(dependencies).map((pin) => pin.join("@"));
  const pip = [
    join(python, process.platform === "win32" ? "Scripts" : "bin", "python"),
    "-m",
    "pip",
  ];
  const parts = [
    // None needs its scripts: the programs come in the packages.
    [packages.join(", "), node, [...npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]],
    ["a Python of their own", folder, ["python3", "-m", "venv", python]],
    ...read(join(pins, "requirements.txt"))
      .trim()
      .split("\n")
      .map((pin) => [pin, folder, [...pip, "install", "-qq", pin]]),
  ];
  let missing = 0;
  for (const [what, cwd, [program, ...words]] of parts) {
    console.log(`installing ${what}`);
    const { status, error } = spawnSync(program, words, { cwd, stdio: "inherit" });
    if (status === 0) continue;
    missing++;
    console.error(`not installed: ${what}${error ? ` (${error.message})` : ""}`);
  }
  process.exit(missing === 0 ? 0 : 1);
}

/** The words for `retro run`; `--data` is a parameter whose path means the caller's folder. */
function startArguments(words) {
  const caller = process.env.INIT_CWD ?? process.cwd();
  const usage = "give a log of your own after two hyphens: npm start -- --data my-log.csv";
  // Without the two hyphens npm keeps the option for itself, and the log would be passed over.
  if (process.env.npm_config_data !== undefined) fail(2, usage);
  if (words[0] !== undefined && !words[0].startsWith("-")) fail(2, usage);
  const result = [];
  for (let i = 0; i < words.length; i++) {
    const [name, value] = words[i].split(/=(.*)/s);
    if (name !== "--data") result.push(words[i]);
    else {
      const file = value ?? words[++i];
      if (!file || file.startsWith("-")) fail(2, usage);
      result.push("-p", `data=${resolve(caller, file)}`);
    }
  }
  return result;
}

/** How npm is called: the one that runs this, if one does. */
function npm() {
  const { npm_execpath } = process.env;
  if (npm_execpath) return [process.execPath, npm_execpath];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** node_modules as the lock file says. */
function ensureInstalled() {
  if (isInstalled()) return;
  console.error("installing packages (once)");
  const [program, ...words] = [...npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync(program, words, { cwd: root, encoding: "utf8" });
  if (done.status === 0) return;
  fail(1, `npm ci failed:\n${done.error?.message ?? `${done.stdout}${done.stderr}`}`);
}

/** Whether npm's own record of node_modules agrees with the lock file; other platforms' parts may lack. */
function isInstalled() {
  const record = read(join(root, "node_modules", ".package-lock.json"));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  const locked = JSON.parse(read(join(root, "package-lock.json"))).packages;
  return Object.entries(locked).every(
    ([path, { integrity, optional }]) =>
      path === "" || optional || installed[path]?.integrity === integrity,
  );
}

/** dist/ newer than the sources; a stamp holds the hash of those it was built from. */
async function ensureBuilt({ afresh = false } = {}) {
  const stamp = join(root, "dist", ".stamp");
  const hash = hashSources();
  if (!afresh && read(stamp) === hash) return;
  const { buildAll } = await import("./build.mjs");
  try {
    await buildAll();
  } catch (error) {
    fail(1, `the build failed: ${error.message}`);
  }
  declare();
  writeFileSync(stamp, hash);
}

/** Declarations of all there is, for the programs that import it and for the checker of cells. */
function declare() {
  const config = join(root, "dist", "tsconfig.json");
  const compilerOptions = { rootDir: "..", outDir: "types", emitDeclarationOnly: true };
  const include = ["../kernel", "../extensions", "../datasets"];
  writeFileSync(config, JSON.stringify({ extends: "../tsconfig.json", compilerOptions, include }));
  const status = run(bin("tsc"), ["-p", config]);
  rmSync(config);
  if (status !== 0) fail(1, "the build failed: the declarations could not be written");
}

function hashSources() {
  const hash = createHash("sha256");
  for (const folder of ["kernel", "extensions", "datasets"]) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(relative(root, file)).update(readFileSync(file));
  }
  for (const file of ["package.json", "package-lock.json"])
    hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** What the machine lacks, before the tests that need it are listed as skipped. */
function nameWhatIsMissing() {
  const clients = "jupyter_console jupyter_kernel_test jupyterlab nbclient nbconvert papermill";
  const find =
    "import sys, importlib.util as u; print(*(m for m in sys.argv[1:] if not u.find_spec(m)))";
  const python = spawnSync("python3", ["-c", find, ...clients.split(" ")], { encoding: "utf8" });
  if (python.error) console.error("skipped: tests with Jupyter's clients (no python3 on the PATH)");
  const lacking = (python.stdout ?? "").trim().replaceAll(" ", ", ");
  if (lacking)
    console.error(`skipped: tests that need Python's ${lacking} (see .ci/requirements.txt)`);
  const browsers = ["chromium", "chromium-browser", "google-chrome"];
  if (browsers.every((name) => spawnSync(name, ["--version"]).error)) {
    console.error(`skipped: tests in a browser (none of ${browsers.join(", ")} on the PATH)`);
  }
  if (!existsSync(join(root, "test", "neighbours", "node_modules"))) {
    console.error("skipped: tests beside Deno and tslab (needs npm ci --prefix test/neighbours)");
  }
}

function bin(name) {
  const { bin } = JSON.parse(
    readFileSync(join(root, "node_modules", packageOf(name), "package.json")),
  );
  return join(root, "node_modules", packageOf(name), typeof bin === "string" ? bin : bin[name]);
}

function packageOf(name) {
  return name === "tsc" ? "typescript" : name;
}

/** Runs a script in this Node; its exit code. */
function run(script, words) {
  const { status } = spawnSync(process.execPath, [script, ...words], {
    cwd: root,
    stdio: "inherit",
  });
  return status ?? 1;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function fail(code, message) {
  console.error(message);
  process.exit(code);
}
