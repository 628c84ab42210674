import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { capability, curveKeyPair, Dealer } from "zeromq";
import { RawKernel } from "../support/raw-kernel.js";

let kernel: RawKernel | undefined;
afterEach(async () => {
  await kernel?.stop();
  kernel = undefined;
});

const MAIN = resolve(import.meta.dirname, "../../dist/main.cjs");
const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;

describe("ipc", () => {
  const files = () =>
    CHANNELS.map((channel) => (kernel as RawKernel).address(channel).slice("ipc://".length));

  test("all five sockets answer, in files that are the user's alone", async () => {
    kernel = await RawKernel.start({ given: { transport: "ipc" } });
    expect((await kernel.execute("6 * 7")).text).toBe("42");
    expect(await kernel.heartbeat("boom")).toBe("boom");
    for (const file of files()) {
      const { mode } = statSync(file);
      expect((mode & 0o777).toString(8), file).toBe("600");
    }
    await kernel.request("control", "shutdown_request", { restart: false });
    expect(await kernel.exited()).toBe(0);
    expect(files().filter(existsSync)).toEqual([]);
  });

  test("the files of a kernel that was killed are in nobody's way", async () => {
    kernel = await RawKernel.start({ given: { transport: "ipc" } });
    kernel.process.kill("SIGKILL");
    await kernel.exited();
    expect(files().every(existsSync)).toBe(true);
    kernel.disconnect();
    const { folder, connection } = kernel;
    const next = await RawKernel.start({ given: connection });
    expect((await next.execute("6 * 7")).text).toBe("42");
    await next.stop();
    rmSync(folder, { recursive: true });
  });
});

describe("CURVE", () => {
  const pair = () => {
    const { publicKey, secretKey } = curveKeyPair();
    return { curve_publickey: publicKey, curve_secretkey: secretKey };
  };

  test("zeromq has what the kernelspec promises", () => {
    expect(capability.curve).toBe(true);
  });

  test.each(["tcp", "ipc"])("over %s: all five sockets answer", async (transport) => {
    kernel = await RawKernel.start({ given: { transport, ...pair() } });
    expect((await kernel.execute("6 * 7")).text).toBe("42");
    expect((await kernel.interrupt()).reply.content).toEqual({ status: "ok" });
    expect(await kernel.heartbeat("boom")).toBe("boom");
    const asking = kernel.post('prompt("who?")', { allow_stdin: true });
    const asked = await kernel.until((m) => m.channel === "stdin");
    kernel.send("stdin", "input_reply", { value: "me" }, { parent: asked.header });
    expect((await kernel.exchange("shell", asking)).reply.content.status).toBe("ok");
  });

  test.each([
    ["without keys", {}],
    ["with another server's key", { curve_publickey: pair().curve_publickey }],
  ])("a client %s gets no further than the handshake", async (_, wrong) => {
    kernel = await RawKernel.start({ given: pair() });
    const keys = curveKeyPair();
    const options = {
      curveServerKey: (wrong as { curve_publickey?: string }).curve_publickey ?? null,
      curvePublicKey: keys.publicKey,
      curveSecretKey: keys.secretKey,
    };
    const stranger = new Dealer({ linger: 0, ...(options.curveServerKey ? options : {}) });
    const refused = new Promise((resolve) => {
      for (const type of [
        "disconnect",
        "handshake:error:protocol",
        "handshake:error:other",
      ] as const)
        stranger.events.on(type, resolve);
    });
    const answered = stranger.receive().catch(() => undefined);
    stranger.connect(kernel.address("shell"));
    const { frames } = kernel.frames("execute_request", { code: "globalThis.touched = 1" });
    void stranger.send(frames).catch(() => {});
    await refused;
    expect((await kernel.execute("typeof touched")).text).toBe("'undefined'");
    stranger.close();
    expect(await answered).toBeUndefined();
  });
});

test.skipIf(process.platform !== "linux")(
  "the kernel listens where it was told, and nowhere else (needs /proc)",
  async () => {
    for (const transport of ["tcp", "ipc"]) {
      kernel = await RawKernel.start({ given: { transport } });
      await kernel.execute("vl.bar([{ a: 1, b: 2 }], { x: 'a', y: 'b' })");
      const { connection } = kernel;
      const given = CHANNELS.map((channel) => `127.0.0.1:${connection[`${channel}_port`]}`);
      expect(listening(kernel)).toEqual(transport === "tcp" ? given.sort() : []);
      await kernel.stop();
    }
  },
);

describe("what is refused ends the process with a sentence", () => {
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "k",
    signature_scheme: "hmac-sha256",
    ...Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, 1 + i])),
  };
  function start(given: object, mode: number): SpawnSyncReturns<string> {
    const folder = mkdtempSync(join(tmpdir(), "retro-refused-"));
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify({ ...connection, ...given }));
    spawnSync("chmod", [mode.toString(8), file]);
    const done = spawnSync(process.execPath, [MAIN, file], { encoding: "utf8", timeout: 20_000 });
    rmSync(folder, { recursive: true });
    return done;
  }

  test("no key and an address that others reach", () => {
    const { status, stderr } = start({ key: "", ip: "0.0.0.0" }, 0o600);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^retro: .*without a key anyone who reaches 0\.0\.0\.0 could run code.*\n$/,
      ),
    ]);
  });

  test("a connection file that others can write", () => {
    const { status, stderr } = start({}, 0o666);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^retro: .*others can write it \(mode 0666\).*\n$/),
    ]);
  });
});

test.each([
  ["a folder that is not there", { ip: "/nowhere/socket" }, "No such endpoint"],
  ["a name longer than the system takes", { ip: `/tmp/${"x".repeat(200)}` }, "File name too long"],
])("no listening in %s", async (_, given, why) => {
  const folder = mkdtempSync(join(tmpdir(), "retro-refused-"));
  const ports = Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, 1 + i]));
  const file = join(folder, "connection.json");
  const connection = { transport: "ipc", key: "k", ...ports, ...given };
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  // Of a socket, as Node's own pipes are, the kernel cannot take hold.
  const words = ['"$0" "$1" "$2" 2>"$3"', process.execPath, MAIN, file, join(folder, "said")];
  expect(spawnSync("sh", ["-c", ...words], { timeout: 20_000 }).status).not.toBe(0);
  expect(readFileSync(join(folder, "said"), "utf8")).toContain(
    `the kernel cannot go on: it cannot listen on ipc://${given.ip}-`,
  );
  expect(readFileSync(join(folder, "said"), "utf8")).toContain(why);
  rmSync(folder, { recursive: true });
});

test("no key is needed on loopback, and none over ipc", async () => {
  for (const given of [{ key: "" }, { key: "", transport: "ipc" }]) {
    kernel = await RawKernel.start({ given });
    expect((await kernel.execute("6 * 7")).text).toBe("42");
    await kernel.stop();
  }
});

const clientVersion = spawnSync(
  "python3",
  ["-c", "import jupyter_client as c; print(c.__version__)"],
  {
    encoding: "utf8",
  },
).stdout;
const [major = 0, minor = 0] = (clientVersion ?? "").split(".").map(Number);
const provisions = major > 8 || (major === 8 && minor >= 10);

test.skipIf(!provisions)(
  "jupyter_client over tcp and ipc, encrypted and not (needs python3 with jupyter_client 8.10)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "retro-client-"));
    const cli = resolve(import.meta.dirname, "../../dist/cli.js");
    spawnSync(process.execPath, [cli, "install", "--prefix", folder]);
    const script = resolve(import.meta.dirname, "jupyter_client_transports.py");
    const { stdout, stderr } = spawnSync("python3", [script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, JUPYTER_PATH: join(folder, "share", "jupyter") },
    });
    rmSync(folder, { recursive: true });
    expect(stdout, stderr).toBe(
      ["tcp disabled", "tcp required", "ipc disabled", "ipc required"]
        .map((way) => `${way} ok hello True\n`)
        .join(""),
    );
  },
  60_000,
);

/** Addresses on which a process listens, by the kernel's own tables; IPv6 ones in full. */
function listening({ process: { pid } }: RawKernel): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined;
      }
    }),
  );
  return ["tcp", "tcp6", "udp", "udp6"]
    .flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((entry) => ["0A", "07"].includes(entry[3] ?? "") && inodes.has(entry[9]))
    .map(([, local = ""]) => {
      const [ip = "", port = ""] = local.split(":");
      const bytes = Buffer.from(ip, "hex").reverse();
      return `${ip.length === 8 ? bytes.join(".") : ip}:${Number.parseInt(port, 16)}`;
    })
    .sort();
}
