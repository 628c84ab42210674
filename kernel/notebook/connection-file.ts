import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../extension/index.js";

/** What a connection file says, TCP on this machine. */
export interface Connection {
  transport: "tcp";
  ip: "127.0.0.1";
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: "hmac-sha256";
}

/**
 * Picks free ports and a random key and writes them to a file that only this user can read.
 *
 * @throws InputError when the temporary folder takes no file.
 */
export async function writeConnectionFile(): Promise<{
  connection: Connection;
  file: string;
  remove: () => void;
}> {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts();
  const connection: Connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
  };
  const file = join(tmpdir(), `retro-${randomBytes(8).toString("hex")}.json`);
  const remove = () => rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600, flag: "wx" });
  } catch (error) {
    remove();
    const { message } = error as Error;
    throw new InputError(`cannot write ${file}: ${message}; TMPDIR may name another folder`);
  }
  return { connection, file, remove };
}

type Ports = [number, number, number, number, number];

/** Five ports, all held at once so that they differ, then let go. */
async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(Array.from({ length: 5 }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports as Ports;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
