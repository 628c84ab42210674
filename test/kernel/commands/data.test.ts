import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CodeCell } from "../../../kernel/notebook/nbformat.js";
import { distFile } from "../../../kernel/notebook/package-folder.js";
import { writeNotebook } from "../../../kernel/notebook/write-notebook.js";
import { retro } from "./retro.js";

const CLICKS = "timestamp,value\n2026-01-05 00:00,1\n2026-01-05 01:00,2\n";
const SHA256 = createHash("sha256").update(CLICKS).digest("hex");

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-data-"));
  writeFileSync(join(folder, "clicks.csv"), CLICKS);
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true });
});

const store = () => join(folder, "store");
const data = (...words: string[]) => retro(["data", ...words], folder, { RETRO_DATA_DIR: store() });
const kept = () => (existsSync(store()) ? readdirSync(store()) : []);

/** The same in the background, while this process serves the file. */
function start(...words: string[]) {
  const child = spawn(process.execPath, [distFile("cli.js"), "data", ...words], {
    cwd: folder,
    env: { ...process.env, RETRO_DATA_DIR: store() },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said.stderr += text;
  });
  const ended = once(child, "close").then(([status]) => ({ status, ...said }));
  return { child, ended };
}

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a copied file is listed, found and removed", () => {
  const path = join(store(), "clicks.csv");
  expect(data("add", "clicks.csv")).toEqual({
    status: 0,
    stdout: `Added "clicks.csv", 54 bytes, as ${path}\nSHA-256 ${SHA256} (pin it with --sha256)\n`,
    stderr: "",
  });
  expect(readFileSync(path, "utf8")).toBe(CLICKS);
  expect(data().stdout).toContain(
    `Files in ${store()}, for retro.datasets.file(name)\n  clicks.csv   54 bytes\n`,
  );
  expect(data("path").stdout).toBe(`${store()}\n`);
  expect(data("path", "clicks.csv").stdout).toBe(`${path}\n`);
  expect(data("remove", "clicks.csv")).toMatchObject({ status: 0, stdout: `Removed ${path}\n` });
  expect(data("list").stdout).toMatch(/none yet; retro data add <path-or-url> brings one\n$/);
});

test("the data sets of the toolkit are listed with source and licence", () => {
  expect(data().stdout).toMatch(
    /^Data sets.*\n {2}campaign\n {4}Hourly .*\n {4}generated, Apache-2\.0\n/,
  );
});

test("a notebook finds an added file by its name", () => {
  data("add", "clicks.csv", "--name", "shop/clicks");
  const source = `const log = await retro.datasets.load("campaign", { path: retro.datasets.file("shop/clicks.csv") });
    console.log(log.kind, log.records.length);
    try { retro.datasets.file("shop/click.csv") } catch (error) { console.log((error as Error).message) }`;
  const cell: CodeCell = {
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: {},
    outputs: [],
    source,
  };
  writeNotebook(join(folder, "a.ipynb"), {
    cells: [cell],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
  const { stdout } = retro(["run", "a.ipynb"], folder, { RETRO_DATA_DIR: store() });
  expect(stdout).toContain("metric 2\n");
  expect(stdout).toContain('(did you mean "shop/clicks.csv"?)');
});

test("a download is named by its address and verified", async () => {
  const address = await serve((request, response) => {
    if (request.url === "/old")
      response.writeHead(302, { location: "/a/click%20log.csv?raw=1" }).end();
    else response.end(CLICKS);
  });
  const added = await start(
    "add",
    `${address}/a/click%20log.csv?raw=1`,
    "--sha256",
    SHA256.toUpperCase(),
  ).ended;
  expect(added).toEqual({
    status: 0,
    stdout: `Added "click log.csv", 54 bytes, as ${join(store(), "click log.csv")}\nSHA-256 ${SHA256}\n`,
    stderr: "",
  });
  expect(await start("add", `${address}/old`, "--name", "moved.csv").ended).toMatchObject({
    status: 0,
  });
  expect(kept()).toEqual(["click log.csv", "moved.csv"]);
});

test("what is not as its checksum says is one error, and nothing is kept", () => {
  const wrong = "0".repeat(64);
  expect(data("add", "clicks.csv", "--sha256", wrong)).toEqual({
    status: 2,
    stdout: "",
    stderr: `clicks.csv: has the SHA-256 ${SHA256}, not ${wrong}; it is not kept\n`,
  });
  expect(kept()).toEqual([]);
});

test("a name is given once; the same file may be added again when it is pinned", () => {
  data("add", "clicks.csv");
  expect(data("add", "clicks.csv")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('there is another data file "clicks.csv"; remove it first'),
  });
  expect(data("add", "clicks.csv", "--sha256", SHA256)).toMatchObject({ status: 0 });
  expect(data("add", "clicks.csv", "--sha256", "1".repeat(64))).toMatchObject({ status: 2 });
  expect(readFileSync(join(store(), "clicks.csv"), "utf8")).toBe(CLICKS);
});

test("a download that fails keeps nothing", async () => {
  const address = await serve((request, response) => {
    if (request.url === "/missing.csv") response.writeHead(404).end("<html>");
    else {
      response.writeHead(200, { "content-length": 1000 });
      response.write("half", () => response.destroy());
    }
  });
  expect(await start("add", `${address}/missing.csv`).ended).toMatchObject({
    status: 2,
    stderr: `${address}/missing.csv: cannot be added: the server answered 404 Not Found\n`,
  });
  expect(await start("add", `${address}/half.csv`).ended).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/half\.csv: cannot be added: .*closed\n$/),
  });
  server?.close();
  expect(kept()).toEqual([]);
});

test.skipIf(process.platform === "win32").each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("a download ended by %s leaves nothing", async (signal, status) => {
  const address = await serve((_, response) => {
    response.writeHead(200, { "content-length": 1e6 });
    response.write("half");
  });
  mkdirSync(store());
  const changes = watch(store());
  const { child, ended } = start("add", `${address}/half.csv`);
  await once(changes, "change");
  changes.close();
  child.kill(signal);
  expect((await ended).status).toBe(status);
  expect(kept()).toEqual([]);
});

test.each([
  [["add"], "missing required argument 'path-or-url'"],
  [
    ["add", "click.csv"],
    'click.csv: cannot be added: there is no such file (did you mean "clicks.csv"?)',
  ],
  [["add", "folder"], "folder: cannot be added: it is a folder"],
  [["add", "ftp://x/a.csv"], "ftp://x/a.csv: is neither a file nor an address with http or https"],
  [["add", "http://127.0.0.1:9/"], "has no file's name at its end; give one with --name"],
  [["add", "clicks.csv", "--sha256", "abc"], "64 hexadecimal digits"],
  [["add", "clicks.csv", "--name", "../out.csv"], 'not "../out.csv"'],
  [["add", "clicks.csv", "--name", "/out.csv"], 'not "/out.csv"'],
  [["path", "../clicks.csv"], 'not "../clicks.csv"'],
  [["remove", "../clicks.csv"], 'not "../clicks.csv"'],
  [["remove", "clicks.csv"], 'there is no data file "clicks.csv"'],
  [
    ["lits"],
    'there is no "retro data lits" (did you mean "list"?); there are list, add, path, remove',
  ],
])("wrong usage exits with 2 and changes nothing: %j", (words, message) => {
  mkdirSync(join(folder, "folder"));
  const { status, stdout, stderr } = data(...words);
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  expect(readdirSync(folder).sort()).toEqual(["clicks.csv", "folder"]);
});
