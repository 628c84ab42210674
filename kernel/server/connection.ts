import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { exposure } from "./exposure.js";

/** What a Jupyter client writes into the connection file. */
export interface Connection {
  /** With `ipc` the ports are the ends of socket files' names, which begin with `ip`. */
  transport: "tcp" | "ipc";
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  /** Z85 text, given by a client that wants the sockets encrypted. */
  curve_publickey?: string;
  curve_secretkey?: string;
}

const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;
const Z85_KEY = /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/;

/**
 * Reads a connection file; one that others can read is told about on stderr.
 *
 * Throws one sentence that names the file and what is wrong in it, or who can write it.
 */
export function readConnection(path: string): Connection {
  if (path === "") throw new Error("usage: main.cjs CONNECTION_FILE (written by a Jupyter client)");
  let file: ReturnType<typeof open>;
  try {
    file = open(path);
  } catch (error) {
    throw new Error(`cannot read the connection file ${path}: ${(error as Error).message}`);
  }
  const { given, exposed } = file;
  const refuse = (what: string) => new Error(`connection file ${path}: ${what}`);
  if (exposed?.writable) throw refuse(exposed.why);
  if (exposed) console.error(`retro: connection file ${path}: ${exposed.why}`);
  if (typeof given !== "object" || given === null) throw refuse("it holds no JSON object");
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme } = given;
  if (transport !== "tcp" && transport !== "ipc") {
    throw refuse(`transport "${transport}" is not supported, only "tcp" and "ipc"`);
  }
  if (transport === "ipc" && process.platform === "win32") {
    throw refuse('transport "ipc" is not supported on Windows, only "tcp"');
  }
  if (typeof ip !== "string" || typeof key !== "string") throw refuse("ip and key must be text");
  if (key === "" && transport === "tcp" && !isLoopback(ip)) {
    throw refuse(
      `without a key anyone who reaches ${ip} could run code: give a key, or listen on 127.0.0.1`,
    );
  }
  if (key !== "" && signature_scheme !== undefined && signature_scheme !== "hmac-sha256") {
    throw refuse(`signature_scheme "${signature_scheme}" is not supported, only "hmac-sha256"`);
  }
  for (const port of PORTS) {
    const number = given[port];
    if (!Number.isInteger(number) || (number as number) < 1 || (number as number) > 65_535) {
      throw refuse(`${port} is ${JSON.stringify(number)}, not a port number`);
    }
  }
  const curve = [given.curve_publickey, given.curve_secretkey];
  const isCurve = curve.every((part) => typeof part === "string" && Z85_KEY.test(part));
  if (!isCurve && curve.some((part) => part !== undefined && part !== null)) {
    throw refuse("curve_publickey and curve_secretkey must both be CURVE keys of 40 characters");
  }
  return { ...given, transport, ip, key, signature_scheme: "hmac-sha256" } as Connection;
}

/** Looks at the file and reads it through one descriptor: nobody changes the one for another between. */
function open(path: string) {
  const file = openSync(path, "r");
  try {
    const exposed = exposure(fstatSync(file));
    return { exposed, given: JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown> };
  } finally {
    closeSync(file);
  }
}

/** Where a socket listens, as ZeroMQ writes it. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}

function isLoopback(ip: string): boolean {
  return isIPv4(ip) && ip.startsWith("127.");
}
