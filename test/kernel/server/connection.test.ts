import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { address, readConnection } from "../../../kernel/server/connection.js";
import { exposure } from "../../../kernel/server/exposure.js";

const good = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "k",
  signature_scheme: "hmac-sha256",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
};
function file(content: string, mode = 0o600): string {
  const path = join(mkdtempSync(join(tmpdir(), "retro-connection-")), "c.json");
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}
afterEach(() => vi.unstubAllEnvs());
afterEach(() => vi.restoreAllMocks());

test("a connection file is read", () => {
  expect(readConnection(file(JSON.stringify(good)))).toEqual(good);
});

test.each([
  [{ ...good, hb_port: "5" }, 'hb_port is "5", not a port number'],
  [{ ...good, transport: "udp" }, 'transport "udp" is not supported'],
  [{ ...good, key: "", ip: "0.0.0.0" }, "without a key anyone who reaches 0.0.0.0 could run code"],
  [{ ...good, key: "", ip: "127.evil.example" }, "without a key anyone who reaches 127.evil"],
  [{ ...good, curve_publickey: "x".repeat(40) }, "must both be CURVE keys of 40 characters"],
  [{ ...good, curve_publickey: "x".repeat(40), curve_secretkey: 7 }, "must both be CURVE keys"],
  [null, "it holds no JSON object"],
  [{ ...good, signature_scheme: "md5" }, 'signature_scheme "md5" is not supported'],
])("what is wrong in it is said", (content, message) => {
  expect(() => readConnection(file(JSON.stringify(content)))).toThrow(message);
});

test("a missing file and one that is no JSON are named", () => {
  expect(() => readConnection("/nowhere/c.json")).toThrow("connection file /nowhere/c.json");
  expect(() => readConnection(file("{"))).toThrow("cannot read the connection file");
});

test.each([
  { ...good, key: "" },
  { ...good, key: "", ip: "127.1.2.3" },
  { ...good, key: "", transport: "ipc", ip: "somewhere" },
])("nobody else reaches it, so no key is needed: %j", (content) => {
  expect(readConnection(file(JSON.stringify(content))).key).toBe("");
});

test("addresses", () => {
  expect(address({ ...good, transport: "tcp" }, 7)).toBe("tcp://127.0.0.1:7");
  expect(address({ ...good, transport: "ipc", ip: "/run/k" }, 7)).toBe("ipc:///run/k-7");
});

test("ipc is not for Windows", () => {
  const path = file(JSON.stringify({ ...good, transport: "ipc" }));
  vi.spyOn(process, "platform", "get").mockReturnValue("win32");
  expect(() => readConnection(path)).toThrow('"ipc" is not supported on Windows, only "tcp"');
});

const posix = process.platform !== "win32";

test.skipIf(!posix)("a file that others write is refused, one that they read is told about", () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(() => readConnection(file(JSON.stringify(good), 0o602))).toThrow(
    "others can write it (mode 0602); chmod 600 makes it yours alone",
  );
  readConnection(file(JSON.stringify(good), 0o600));
  expect(said).not.toHaveBeenCalled();
  readConnection(file(JSON.stringify(good), 0o644));
  expect(said.mock.calls).toEqual([
    [expect.stringMatching(/^retro: connection file .*others can read its key \(mode 0644\)/)],
  ]);
});

// User 1000 whose group is 1000; root is 0; somebody else is 1001; a shared group is 20.
test.each([
  [1000, 1000, 0o600, "private"],
  [1000, 1000, 0o660, "private"],
  [1000, 1000, 0o640, "private"],
  [1000, 20, 0o600, "private"],
  [1000, 20, 0o640, "read"],
  [1000, 1000, 0o644, "read"],
  [1000, 1000, 0o664, "read"],
  [1000, 20, 0o664, "written"],
  [1000, 1000, 0o666, "written"],
  [1000, 1000, 0o602, "written"],
  [0, 0, 0o644, "read"],
  [0, 0, 0o664, "written"],
  [1001, 1001, 0o600, "written"],
  [1001, 1000, 0o640, "written"],
])("owner %i, group %i, mode %o: %s", (uid, gid, mode, expected) => {
  const found = exposure({ uid, gid, mode }, 1000);
  expect(found ? (found.writable ? "written" : "read") : "private").toBe(expected);
});

test("root takes no file of another user's", () => {
  expect(exposure({ uid: 1000, gid: 1000, mode: 0o600 }, 0)?.writable).toBe(true);
});

test("Jupyter's switch for file systems that keep no modes", () => {
  vi.stubEnv("JUPYTER_ALLOW_INSECURE_WRITES", "true");
  expect(exposure({ uid: 1000, gid: 1000, mode: 0o777 }, 1000)).toMatchObject({ writable: false });
  vi.stubEnv("JUPYTER_ALLOW_INSECURE_WRITES", "false");
  expect(exposure({ uid: 1000, gid: 1000, mode: 0o777 }, 1000)).toMatchObject({ writable: true });
});
