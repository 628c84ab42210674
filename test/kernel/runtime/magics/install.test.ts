import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { installMagic } from "../../../../kernel/runtime/magics/install.js";
import { RawKernel } from "../../../support/raw-kernel.js";
import { NpmRegistry, writeFiles } from "./npm-registry.js";

const registry = new NpmRegistry();
let kernel: RawKernel;
beforeAll(async () => {
  await registry.start();
  const exports = { "index.js": "module.exports = { version: '1.0.0' };" };
  registry.publish("plain", "1.0.0", exports);
  registry.publish("plain", "2.1.0", { "index.js": "module.exports = { version: '2.1.0' };" });
  registry.publish("@types/plain", "1.4.0", { "index.d.ts": "export const version: string;" });
  registry.publish("@types/plain", "2.0.3", { "index.d.ts": "export const version: string;" });
  registry.publish("typed", "1.0.0", {
    "index.js": "module.exports = 'typed';",
    "index.d.ts": "declare const t: string; export = t;",
  });
  registry.publish(
    "@my/scoped",
    "3.0.0",
    { "index.js": "export const scoped = 3;" },
    {
      type: "module",
      exports: "./index.js",
    },
  );
  registry.publish("@types/my__scoped", "3.0.0", { "index.d.ts": "export const scoped: number;" });
  registry.publish("untyped", "1.0.0", { "index.js": "module.exports = '1.0.0';" });
  registry.publish("untyped", "2.0.0", { "index.js": "module.exports = '2.0.0';" });
  const touch = "node -e \"require('fs').writeFileSync('ran', '')\"";
  registry.publish("scripted", "1.0.0", {}, { types: "x.d.ts", scripts: { install: touch } });
  registry.publish("endless", "1.0.0", {});
  registry.publish("plugin", "1.0.0", {}, { peerDependencies: { plain: "^1.0.0" } });
  const broken = { install: "echo no compiler; exit 3" };
  registry.publish("broken", "1.0.0", {}, { types: "x.d.ts", scripts: broken });
});
afterAll(() => registry.stop());
const start = async () => {
  kernel = await RawKernel.start({ env: registry.env });
};

const run = async (code: string) => (await kernel.execute(code)).text;

/** Runs a magic; the last state of its line. */
async function install(words: string): Promise<string> {
  const { reply, iopub } = await kernel.execute(`%install ${words}`);
  expect(reply.content).toMatchObject({ status: "ok" });
  const states = iopub.filter(({ type }) => /^(update_)?display_data$/.test(type));
  expect(states[0]?.type).toBe("display_data");
  return states.at(-1)?.content.data["text/plain"];
}

async function fail(words: string): Promise<string> {
  const { reply } = await kernel.execute(`%install ${words}`);
  return `${reply.content.ename}: ${reply.content.evalue}`;
}

const listed = () => JSON.parse(readFileSync(join(kernel.folder, "package.json"), "utf8"));

describe("installed are", () => {
  beforeEach(start);
  afterEach(() => kernel.stop());

  test("a package with its types, usable in the same cell and after an import that failed", async () => {
    expect(await run("import plain from 'plain'")).toContain('package "plain" not found');
    expect(await run("require('plain')")).toContain("Cannot find module 'plain'");
    const { reply, text } = await kernel.execute(
      "%install plain@2\nimport plain from 'plain';\n[plain.version, require('plain').version]",
    );
    expect(reply.content.status).toBe("ok");
    expect(text).toContain("[ '2.1.0', '2.1.0' ]");
    expect(listed()).toEqual({
      dependencies: { plain: "^2.1.0" },
      devDependencies: { "@types/plain": "^2.0.3" },
    });
  });

  test("several packages: each with version and types, which are not for a later major", async () => {
    expect(await install("plain@1 typed untyped@1 @my/scoped")).toBe(
      [
        "plain 1.0.0 (types: @types/plain 1.4.0)",
        "typed 1.0.0",
        "untyped 1.0.0",
        "@my/scoped 3.0.0 (types: @types/my__scoped 3.0.0)",
      ].join("\n"),
    );
    expect(registry.asked).not.toContain("@types/typed");
  });

  test("another version of what a cell imported needs a restart, and says so", async () => {
    expect(await install("untyped@1")).toBe("untyped 1.0.0");
    expect(await install("untyped@2")).toBe("untyped 2.0.0");
    expect(await run("import version from 'untyped'; version")).toBe("'2.0.0'");
    expect(await install("untyped@1")).toBe(
      "untyped 1.0.0; restart the kernel to use it: a cell imported another version",
    );
  });

  test("folders and tarballs, as development dependencies too", async () => {
    writeFiles(kernel.folder, {
      "local/package.json": '{"name":"local-one","version":"0.1.0"}',
      "local/index.js": "module.exports = 1;",
      "tarball/package.json": '{"name":"packed","version":"0.2.0"}',
      "tarball/index.js": "module.exports = 'packed';",
    });
    await run("require('child_process').execSync('npm pack', { cwd: 'tarball', stdio: 'ignore' })");
    expect(await install("--dev ./local ./tarball/packed-0.2.0.tgz")).toBe(
      "local-one 0.1.0\npacked 0.2.0",
    );
    expect(Object.keys(listed().devDependencies)).toEqual(["local-one", "packed"]);
    expect(await install("./local")).toBe("local-one 0.1.0");
    expect(await run("require('local-one') + require('packed')")).toBe("'1packed'");
    // Nobody else is to learn of these names.
    expect(registry.asked.join()).not.toMatch(/local-one|packed/);
  });

  test("a folder below one with a package.json gets its own", async () => {
    writeFiles(kernel.folder, { "package.json": '{"name":"above"}', "below/x": "" });
    const below = await RawKernel.start({
      env: registry.env,
      command: [
        "sh",
        "-c",
        `cd ${kernel.folder}/below && exec "$@"`,
        "sh",
        ...kernel.process.spawnargs.slice(0, -1),
      ],
    });
    try {
      const { reply } = await below.execute("%install typed");
      expect(reply.content.status).toBe("ok");
      expect(listed()).toEqual({ name: "above" });
      expect(readdirSync(join(kernel.folder, "below")).sort()).toEqual([
        "node_modules",
        "package-lock.json",
        "package.json",
        "x",
      ]);
    } finally {
      await below.stop();
    }
  });

  test("install scripts run when asked, and not otherwise", async () => {
    const ran = join(kernel.folder, "node_modules/scripted/ran");
    expect(await install("scripted")).toBe("scripted 1.0.0");
    expect(existsSync(ran)).toBe(false);
    await run("require('fs').rmSync('node_modules', { recursive: true })");
    expect(await install("--scripts scripted")).toBe("scripted 1.0.0");
    expect(existsSync(ran)).toBe(true);
  });

  test("and whoever wants to know is told the names", async () => {
    for (const [name, value] of Object.entries(registry.env)) vi.stubEnv(name, value);
    vi.spyOn(console, "log").mockImplementation(() => {});
    const told = vi.fn();
    const { run } = installMagic({ folder: kernel.folder, installed: told });
    await run("typed @my/scoped@3");
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    expect(told.mock.calls).toEqual([[["typed", "@my/scoped"]]]);
  });
});

describe("what fails says why in one line and changes nothing", () => {
  beforeAll(start);
  afterAll(() => kernel.stop());
  const entries = () => readdirSync(kernel.folder).sort();

  test.each([
    [
      "nosuchpkg",
      /^InputError: %install: nosuchpkg is not in the registry \(npm E404: 404 Not Found - GET http:\S+nosuchpkg.*\)$/,
    ],
    ["@no/such plain", /^InputError: %install: @no\/such is not in the registry/],
    ["plain@9", /^InputError: %install: No matching version found for plain@9\. \(npm ETARGET\)$/],
    [
      "plain@2 plugin",
      /^InputError: %install: unable to resolve dependency tree: peer plain@"\^1\.0\.0" from plugin@1\.0\.0 \(npm ERESOLVE\)$/,
    ],
    ["./none", /^InputError: %install: .*no such file or directory.*none.* \(npm ENOENT\)$/],
    ["Plain^2", /^InputError: %install: Invalid tag name "Plain\^2".* \(npm EINVALIDTAGNAME\)$/],
    ["--scripts broken", /^CommandError: %install: command failed \(npm 3\)$/],
    [
      "--script plain",
      /^InputError: %install has no option --script \(did you mean "--scripts"\?\); usage: %install \[--scripts\]/,
    ],
    ["--global plain", /^InputError: %install has no option --global; usage/],
    ["--dev", /^InputError: %install needs a package: %install \[--scripts\] \[--dev\] package/],
  ])("%s", async (words, message) => {
    const before = entries();
    expect(await fail(words)).toMatch(message);
    expect(entries()).toEqual(before);
  });

  test("a script's own words are shown", async () => {
    expect(await run("%install --scripts broken")).toContain("no compiler");
  });

  test("no connection", async () => {
    await run(`
      process.env.npm_config_registry = "http://127.0.0.1:1/";
      process.env.npm_config_fetch_retries = "0";`);
    writeFiles(kernel.folder, { "package.json": '{"private": true}' });
    const before = entries();
    expect(await fail("untyped2")).toMatch(
      /^CommandError: %install: request to http:\/\/127\.0\.0\.1:1\/untyped2 failed, reason: connect ECONNREFUSED 127\.0\.0\.1:1 \(npm ECONNREFUSED\)$/,
    );
    expect(entries()).toEqual(before);
    expect(listed()).toEqual({ private: true });
    await run(`process.env.npm_config_registry = "${registry.address}"`);
  });

  describe("an interrupt while npm waits", () => {
    async function interrupted(): Promise<string> {
      const id = kernel.post("%install endless");
      await expect.poll(() => registry.asked).toContain("endless-1.0.0.tgz");
      registry.asked.length = 0;
      await kernel.interrupt();
      expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
      return id;
    }

    const cleaned = (id: string) =>
      kernel.until(
        (m) =>
          m.parent.msg_id === id && m.content.data?.["text/plain"]?.includes("nothing is changed"),
      );

    test("leaves all as it was", async () => {
      const before = entries();
      await cleaned(await interrupted());
      expect(entries()).toEqual(before);
    });

    test("does not disturb the next", async () => {
      const id = await interrupted();
      expect(await install("typed")).toBe("typed 1.0.0");
      await cleaned(id);
      expect(listed().dependencies).toEqual({ typed: "^1.0.0" });
      expect(await run("require('typed')")).toBe("'typed'");
    });
  });
});
