import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { decode, encode } from "../protocol/frames.js";
import { type Message, PROTOCOL_VERSION } from "../protocol/message.js";
import { KernelProcess } from "./kernel-process.js";
import { findKernelspec, type Kernelspec } from "./kernelspec.js";

/** How a cell ended, from its execute_reply. */
export interface ExecuteReply {
  status: "ok" | "error" | "aborted";
  execution_count?: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

/** Told every iopub message of one request in order, those that come after its end included. */
export type Listener = (message: Message) => void;

interface Exchange {
  reply: Promise<Message>;
  idle: Promise<void>;
  onReply: (message: Message) => void;
  onIdle: () => void;
  listener: Listener;
}

/** A kernel process and the sockets to it. */
export class KernelClient {
  /** `language_info` of the kernel's kernel_info_reply. */
  languageInfo: { name: string; [key: string]: unknown } = { name: "" };
  readonly #session = randomUUID();
  readonly #exchanges = new Map<string, Exchange>();
  readonly #sent = new Map<Dealer, Promise<void>>();
  readonly #shell: Dealer;
  readonly #control: Dealer;
  readonly #stdin: Dealer;
  readonly #iopub: Subscriber;

  private constructor(
    readonly spec: Kernelspec,
    readonly process: KernelProcess,
  ) {
    const address = (port: number) => `tcp://127.0.0.1:${port}`;
    const { connection } = process;
    const routingId = this.#session;
    const quick = { linger: 0, reconnectInterval: 10, receiveHighWaterMark: 0 };
    this.#shell = new Dealer({ ...quick, routingId });
    this.#control = new Dealer({ ...quick, routingId });
    this.#stdin = new Dealer({ ...quick, routingId });
    this.#iopub = new Subscriber(quick);
    this.#iopub.subscribe();
    this.#shell.connect(address(connection.shell_port));
    this.#control.connect(address(connection.control_port));
    this.#stdin.connect(address(connection.stdin_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#listen(this.#shell, (message) => this.#exchangeOf(message)?.onReply(message));
    this.#listen(this.#control, (message) => this.#exchangeOf(message)?.onReply(message));
    this.#listen(this.#stdin, (message) => this.#refuseInput(message));
    this.#listen(this.#iopub, (message) => {
      const exchange = this.#exchangeOf(message);
      exchange?.listener(message);
      const { header, content } = message;
      if (header.msg_type === "status" && content.execution_state === "idle") exchange?.onIdle();
    });
  }

  /**
   * Starts the kernel of that name in the folder and waits until it answers.
   *
   * @param env variables for it, where its environment does not have them
   * @throws InputError when there is no such kernel, KernelDied when it does not live to answer.
   */
  static async start(
    kernelName: string,
    cwd: string,
    env: Record<string, string> = {},
  ): Promise<KernelClient> {
    const spec = findKernelspec(kernelName);
    const client = new KernelClient(spec, await KernelProcess.start(spec, cwd, env));
    try {
      await client.#untilReady();
      return client;
    } catch (error) {
      client.kill();
      throw error;
    }
  }

  /**
   * Runs code and waits for both its reply and its idle status.
   *
   * @throws KernelDied when the kernel ends first.
   */
  async execute(code: string, cellId: string, listener: Listener): Promise<ExecuteReply> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    const exchange = this.#request(this.#shell, "execute_request", content, { cellId }, listener);
    const done = Promise.all([exchange.reply, exchange.idle]);
    const [reply] = await Promise.race([done, this.process.died]);
    return reply.content as unknown as ExecuteReply;
  }

  /** Interrupts what runs, in the way that the kernelspec asks for. */
  interrupt(): void {
    if (this.spec.interrupt_mode !== "message") this.process.interrupt();
    else this.#request(this.#control, "interrupt_request", {});
  }

  /** Asks the kernel to end and ends it when it has not done so within five seconds. */
  async shutdown(): Promise<void> {
    this.process.expectEnd();
    this.#request(this.#control, "shutdown_request", { restart: false });
    const impatience = setTimeout(() => this.process.kill(), 5000);
    await this.process.exited;
    clearTimeout(impatience);
    this.kill();
  }

  /** Ends the kernel at once. */
  kill(): void {
    this.process.kill();
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub]) socket.close();
  }

  /** Asks until an answer also shows up on iopub: a subscription takes effect a little late. */
  async #untilReady(): Promise<void> {
    for (let subscribed = false; !subscribed; ) {
      const { reply, idle } = this.#request(this.#shell, "kernel_info_request", {});
      const { content } = await Promise.race([reply, this.process.died, late(60_000)]);
      this.languageInfo = content.language_info as typeof this.languageInfo;
      const seen = idle.then(() => true);
      subscribed = await Promise.race([seen, this.process.died, delay(200, false, { ref: false })]);
    }
  }

  #request(
    socket: Dealer,
    type: string,
    content: Record<string, unknown>,
    metadata: Record<string, unknown> = {},
    listener: Listener = () => {},
  ): Exchange {
    const message = this.#message(type, content, {}, metadata);
    let onReply: Exchange["onReply"] = () => {};
    let onIdle: Exchange["onIdle"] = () => {};
    const reply = new Promise<Message>((resolve) => {
      onReply = resolve;
    });
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    const exchange = { reply, idle, onReply, onIdle, listener };
    this.#exchanges.set(message.header.msg_id, exchange);
    this.#send(socket, message);
    return exchange;
  }

  #message(
    msg_type: string,
    content: Record<string, unknown>,
    parent_header: Message["parent_header"],
    metadata: Record<string, unknown>,
  ): Message {
    const header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: userInfo().username,
      date: new Date().toISOString(),
      msg_type,
      version: PROTOCOL_VERSION,
    };
    return { identities: [], header, parent_header, metadata, content, buffers: [] };
  }

  /** One send is in flight a socket at a time; a socket closed meanwhile needs no message. */
  #send(socket: Dealer, message: Message): void {
    const frames = encode(message, this.process.connection.key) as Buffer[];
    const before = this.#sent.get(socket) ?? Promise.resolve();
    this.#sent.set(
      socket,
      before.then(() => socket.send(frames)).catch(() => {}),
    );
  }

  async #listen(socket: Dealer | Subscriber, receive: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames, this.process.connection.key);
      if (message !== undefined) receive(message);
    }
  }

  #exchangeOf({ parent_header }: Message): Exchange | undefined {
    return this.#exchanges.get(parent_header.msg_id ?? "");
  }

  /** Nobody is there to answer; a kernel that asks all the same must not wait for ever. */
  #refuseInput(request: Message): void {
    const content = {
      status: "error",
      ename: "StdinNotImplementedError",
      evalue: "a notebook that runs by itself cannot be asked for input",
      traceback: [],
      value: "",
    };
    const header = request.header;
    this.#send(this.#stdin, this.#message("input_reply", content, header, {}));
  }
}

async function late(milliseconds: number): Promise<never> {
  await delay(milliseconds, undefined, { ref: false });
  throw new Error(`the kernel did not answer within ${milliseconds / 1000} s`);
}
