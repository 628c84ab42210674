import { readFileSync } from "node:fs";

/** What a Jupyter client writes into the connection file. */
export interface Connection {
  transport: "tcp";
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** Reads a connection file; throws one sentence that names the file and what is wrong in it. */
export function readConnection(path: string): Connection {
  if (path === "") throw new Error("usage: main.cjs CONNECTION_FILE (written by a Jupyter client)");
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`cannot read the connection file ${path}: ${(error as Error).message}`);
  }
  const refuse = (what: string) => new Error(`connection file ${path}: ${what}`);
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme } = given;
  if (transport !== "tcp") throw refuse(`transport "${transport}" is not supported, only "tcp"`);
  if (typeof ip !== "string" || typeof key !== "string") throw refuse("ip and key must be text");
  if (key !== "" && signature_scheme !== undefined && signature_scheme !== "hmac-sha256") {
    throw refuse(`signature_scheme "${signature_scheme}" is not supported, only "hmac-sha256"`);
  }
  for (const port of PORTS) {
    const number = given[port];
    if (!Number.isInteger(number) || (number as number) < 1 || (number as number) > 65_535) {
      throw refuse(`${port} is ${JSON.stringify(number)}, not a port number`);
    }
  }
  return { ...given, transport, ip, key, signature_scheme: "hmac-sha256" } as Connection;
}
