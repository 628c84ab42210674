import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConnection } from "../../../kernel/server/connection.js";

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
function file(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "retro-connection-")), "c.json");
  writeFileSync(path, content);
  return path;
}

test("a connection file is read", () => {
  expect(readConnection(file(JSON.stringify(good)))).toEqual(good);
});

test.each([
  [{ ...good, hb_port: "5" }, 'hb_port is "5", not a port number'],
  [{ ...good, transport: "udp" }, 'transport "udp" is not supported'],
  [{ ...good, signature_scheme: "md5" }, 'signature_scheme "md5" is not supported'],
])("what is wrong in it is said", (content, message) => {
  expect(() => readConnection(file(JSON.stringify(content)))).toThrow(message);
});

test("a missing file and one that is no JSON are named", () => {
  expect(() => readConnection("/nowhere/c.json")).toThrow("connection file /nowhere/c.json");
  expect(() => readConnection(file("{"))).toThrow("cannot read the connection file");
});
