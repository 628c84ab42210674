import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";

export type Channel = "shell" | "control" | "stdin" | "iopub";

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is looked at freely by tests.
type Content = Record<string, any>;

/** A message as a test sees it. */
export interface Received {
  channel: Channel;
  type: string;
  header: Content;
  parent: Content;
  metadata: Content;
  content: Content;
  buffers: Buffer[];
}

/** A request's reply and all that appeared on iopub for it, up to idle. */
export interface Exchange {
  id: string;
  reply: Received;
  iopub: Received[];
}

const MAIN = resolve(import.meta.dirname, "../../dist/main.cjs");

/**
 * A kernel process driven by raw ZeroMQ frames: signing and parsing are written again here, so
 * that a fault in the kernel's own is not hidden by sharing it.
 */
export class RawKernel {
  readonly received: Received[] = [];
  /** When the process was started, on the clock of `performance.now()`. */
  startedAt = 0;
  /** When the first kernel_info reply came. */
  answeredAt = 0;
  private readonly waiting = new Set<() => void>();
  private sequence = 0;
  readonly sockets: { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber };

  /** Options of every socket. */
  private get quick() {
    const { curve_publickey, curve_secretkey } = this.connection;
    return {
      linger: 0,
      reconnectInterval: 5,
      // As jupyter_client does: the pair in the connection file is the server's and the client's.
      ...(curve_publickey && {
        curveServerKey: curve_publickey,
        curvePublicKey: curve_publickey,
        curveSecretKey: curve_secretkey,
      }),
    };
  }

  private constructor(
    readonly process: ChildProcess,
    readonly connection: Content,
    readonly folder: string,
    readonly session = randomUUID(),
  ) {
    const { quick } = this;
    const identity = { ...quick, routingId: this.session };
    this.sockets = {
      shell: new Dealer(identity),
      control: new Dealer(identity),
      stdin: new Dealer(identity),
      iopub: new Subscriber({ ...quick, receiveHighWaterMark: 0 }),
    };
    this.sockets.iopub.subscribe();
    for (const [channel, socket] of Object.entries(this.sockets)) {
      socket.connect(this.address(channel));
      this.listen(channel as Channel).catch((error) => {
        // A socket that is closed while much is coming in complains.
        if (!socket.closed) throw error;
      });
    }
  }

  /** Starts a kernel in a folder of its own and waits until it answers and iopub is connected. */
  static async start({
    command = [process.execPath, "--no-force-async-hooks-checks", MAIN],
    env = {},
    files = {},
    given = {},
    after,
    quiet = false,
    packages = {},
  }: {
    /** What to start; the connection file is appended. */
    command?: string[];
    env?: Record<string, string>;
    /** Files of the notebook's folder. */
    files?: Record<string, string>;
    /** What the connection file says otherwise; the socket files of ipc lie in the folder. */
    given?: Content;
    /** A kernel that died: this one takes over its connection file, on new ports, as Jupyter does. */
    after?: RawKernel;
    /** What the process writes to its stderr is not passed on. */
    quiet?: boolean;
    /** Packages of the notebook's folder by name, and where they are. */
    packages?: Record<string, string>;
  } = {}): Promise<RawKernel> {
    const folder = after?.folder ?? mkdtempSync(join(tmpdir(), "retro-test-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    for (const [name, path] of Object.entries(packages)) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(path, link);
    }
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
    const connection = {
      transport: "tcp",
      ip: given.transport === "ipc" ? join(folder, "socket") : "127.0.0.1",
      key: after?.connection.key ?? randomBytes(16).toString("hex"),
      signature_scheme: "hmac-sha256",
      shell_port,
      iopub_port,
      stdin_port,
      control_port,
      hb_port,
      ...given,
    };
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const [program = "", ...args] = command;
    const startedAt = performance.now();
    const child = spawn(program, [...args, file], {
      cwd: folder,
      // A person's history stays clean, and types are checked where a test asks for it.
      env: { RETRO_HISTORY: "off", RETRO_CHECK: "off", ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // As Jupyter starts kernels: leader of a process group of its own.
      detached: true,
    });
    child.stderr?.on("data", (data) => quiet || process.stderr.write(data));
    const kernel = new RawKernel(child, connection, folder);
    kernel.startedAt = startedAt;
    try {
      await kernel.connected();
    } catch (error) {
      await kernel.stop();
      throw error;
    }
    return kernel;
  }

  /** A second client of the same kernel. */
  async another(session = randomUUID()): Promise<RawKernel> {
    const other = new RawKernel(this.process, this.connection, this.folder, session);
    await other.connected();
    return other;
  }

  /** iopub is connected once a kernel_info request's idle arrives there. */
  private async connected(): Promise<void> {
    for (;;) {
      const id = this.send("shell", "kernel_info_request", {});
      await this.until((m) => m.channel === "shell" && m.parent.msg_id === id);
      this.answeredAt ||= performance.now();
      const seen = await this.within(500, (m) => isIdle(m, id));
      if (seen) return;
    }
  }

  address(channel: string): string {
    const { transport, ip, [`${channel}_port`]: port } = this.connection;
    return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
  }

  /** The frames of a message, signed with `key`. */
  frames(
    type: string,
    content: object,
    {
      parent = {},
      metadata = {},
      buffers = [],
      key = this.connection.key,
      header: more = {},
    }: {
      parent?: object;
      metadata?: object;
      buffers?: Uint8Array[];
      key?: string;
      header?: object;
    } = {},
  ): { id: string; frames: Uint8Array[] } {
    const id = `${this.session}-${this.sequence++}`;
    const header = {
      msg_id: id,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.5",
      ...more,
    };
    const parts = [header, parent, metadata, content].map((p) => Buffer.from(JSON.stringify(p)));
    return {
      id,
      frames: [Buffer.from("<IDS|MSG>"), Buffer.from(signature(key, parts)), ...parts, ...buffers],
    };
  }

  private sending: Promise<unknown> = Promise.resolve();

  /** Sends a message; its id is returned at once. */
  send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: object,
    options: Parameters<RawKernel["frames"]>[2] = {},
  ): string {
    const { id, frames } = this.frames(type, content, options);
    this.sendRaw(channel, frames);
    return id;
  }

  sendRaw(channel: "shell" | "control" | "stdin", frames: (Uint8Array | string)[]): void {
    this.sending = this.sending.then(() => this.sockets[channel].send(frames));
  }

  /** Sends a request and waits for its reply and its idle. */
  async request(channel: "shell" | "control", type: string, content: object): Promise<Exchange> {
    return this.exchange(channel, this.send(channel, type, content));
  }

  /** Waits for the reply and the idle of a message that was sent. */
  async exchange(channel: "shell" | "control", id: string): Promise<Exchange> {
    const reply = await this.until((m) => m.channel === channel && m.parent.msg_id === id);
    await this.until((m) => isIdle(m, id));
    return { id, reply, iopub: this.outputsOf(id) };
  }

  /** Sends an execute_request; its id is returned at once. */
  post(code: string, more: object = {}): string {
    return this.send("shell", "execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...more,
    });
  }

  async execute(code: string, more: object = {}): Promise<Exchange & { text: string }> {
    const done = await this.exchange("shell", this.post(code, more));
    return { ...done, text: textOf(done.iopub) };
  }

  async interrupt(): Promise<Exchange> {
    return this.request("control", "interrupt_request", {});
  }

  /** All iopub messages of a request so far. */
  outputsOf(id: string): Received[] {
    return this.received.filter((m) => m.channel === "iopub" && m.parent.msg_id === id);
  }

  /** The first message, past or to come, that fits. */
  async until(fits: (message: Received) => boolean): Promise<Received> {
    const found = await this.within(20_000, fits);
    if (found) return found;
    const seen = this.received.slice(-12).map((m) => `${m.channel} ${m.type}`);
    throw new Error(`no such message within 20 s; last seen: ${seen.join(", ")}`);
  }

  /** Like `until`, but undefined when nothing fits in time. */
  async within(ms: number, fits: (message: Received) => boolean): Promise<Received | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    let over = false;
    void late.then(() => {
      over = true;
    });
    try {
      for (let from = 0; ; ) {
        const found = this.received.slice(from).find(fits);
        if (found || over) return found;
        from = this.received.length;
        let wake = () => {};
        const news = new Promise<void>((resolve) => {
          wake = resolve;
          this.waiting.add(wake);
        });
        await Promise.race([news, late]);
        this.waiting.delete(wake);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** One beat of the heart. */
  async heartbeat(beat: string): Promise<string> {
    const socket = new Request(this.quick);
    socket.connect(this.address("hb"));
    await socket.send(beat);
    const [echo] = await socket.receive();
    socket.close();
    return String(echo);
  }

  /** Resolves with the exit code or signal. */
  exited(): Promise<number | string | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return Promise.resolve(exitCode ?? signalCode);
    return new Promise((resolve) =>
      this.process.once("exit", (code, signal) => resolve(code ?? signal)),
    );
  }

  /** Closes this client's sockets; the kernel lives on. */
  disconnect(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  async stop(): Promise<void> {
    this.disconnect();
    this.process.kill("SIGKILL");
    await this.exited();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async listen(channel: Channel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      const parts = frames.slice(at + 2, at + 6);
      if (signature(this.connection.key, parts) !== frames[at + 1]?.toString()) {
        throw new Error("forged by kernel");
      }
      const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
      this.received.push({
        channel,
        type: header.msg_type,
        header,
        parent,
        metadata,
        content,
        buffers: frames.slice(at + 6),
      });
      for (const wake of this.waiting) wake();
    }
  }
}

/** HMAC-SHA256 in hexadecimal; "" without a key. */
export function signature(key: string, parts: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** True for the idle status of a request. */
export function isIdle(message: Received, id: string): boolean {
  return (
    message.channel === "iopub" &&
    message.type === "status" &&
    message.content.execution_state === "idle" &&
    message.parent.msg_id === id
  );
}

/** Printed text, results' plain text and errors, in order. */
export function textOf(iopub: Received[]): string {
  return iopub
    .map(({ type, content }) => {
      if (type === "stream") return content.text;
      if (type === "execute_result" || type === "display_data") return content.data["text/plain"];
      return type === "error" ? `${content.ename}: ${content.evalue}` : "";
    })
    .join("");
}

async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: n },
      () =>
        new Promise<ReturnType<typeof createServer>>((done) => {
          const server = createServer().listen(0, "127.0.0.1", () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
