import { chmodSync, rmSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { Router, XPublisher } from "zeromq";
import { decode } from "../protocol/frames.js";
import { executeRequest } from "../protocol/guards.js";
import type { Header, Message } from "../protocol/message.js";
import { type ServerSetup, Slot, type ToMain, type ToServer } from "../runtime/bridge.js";
import { language } from "../runtime/language.js";
import { warmUp } from "../runtime/warm-up.js";
import { ChartImages } from "./chart-images.js";
import { modeAtStart } from "./check-mode.js";
import { address } from "./connection.js";
import { Control } from "./control.js";
import { CrashRecord } from "./crash-record.js";
import { History } from "./history.js";
import { HistoryFolder } from "./history-folder.js";
import { Interrupter } from "./interrupter.js";
import { IOPub } from "./iopub.js";
import type { Kernel } from "./kernel.js";
import { Known } from "./known.js";
import { endOrphans } from "./orphans.js";
import { Outbox } from "./outbox.js";
import { ExecutionQueue } from "./queue.js";
import { Runs } from "./runs.js";
import { Session } from "./session.js";
import { Shell } from "./shell.js";
import { Stdin } from "./stdin.js";
import { Streams } from "./streams.js";
import { TypeCheck } from "./type-check.js";

/** What no client waits for is done so long after the start. */
const SETTLED_MS = 300;
// The protocol thread: five sockets, and the parts that answer what comes in on them.
if (!parentPort) throw new Error("this file is the kernel's protocol thread, not a program");
const main = parentPort;
const setup = workerData as ServerSetup;
const { connection } = setup;
const control = new Int32Array(setup.control);
const session = new Session(connection.key);
const post = (message: ToMain) => setup.orders.postMessage(message);
const crashes = new CrashRecord(setup.crash, setup.lastCrash);
// Native sockets may take the process down before the main thread hears of it.
process.on("uncaughtExceptionMonitor", (error) => crashes.failed(error));

const { curve_secretkey: curveSecretKey } = connection;
const encrypted = curveSecretKey ? { curveServer: true, curveSecretKey } : {};
const sockets = {
  shell: new Router({ ...encrypted, linger: 0 }),
  control: new Router({ ...encrypted, linger: 0 }),
  stdin: new Router({ ...encrypted, linger: 0 }),
  hb: new Router({ ...encrypted, linger: 0 }),
  iopub: new XPublisher({
    ...encrypted,
    linger: 1_000,
    // A slow reader makes the cell wait instead of losing messages.
    noDrop: true,
    sendHighWaterMark: 64,
    verbosity: "allSubs",
  }),
};
const port = {
  shell: connection.shell_port,
  control: connection.control_port,
  stdin: connection.stdin_port,
  hb: connection.hb_port,
  iopub: connection.iopub_port,
};
const files: string[] = [];
const bound = Promise.allSettled(
  (Object.keys(sockets) as (keyof typeof sockets)[]).map(async (name) => {
    const where = address(connection, port[name]);
    await sockets[name].bind(where).catch((error: Error) => {
      throw new Error(`it cannot listen on ${where}: ${error.message}`);
    });
    if (connection.transport !== "ipc") return;
    const file = where.slice("ipc://".length);
    files.push(resolve(file));
    // Whoever may write to a socket file may connect.
    chmodSync(file, 0o600);
  }),
).then((results) => {
  const failed = results.find((result) => result.status === "rejected");
  // A thread that ends while one of its sockets is being bound takes the process with it.
  if (failed) throw failed.reason;
});

const outboxes = {
  shell: new Outbox(sockets.shell),
  control: new Outbox(sockets.control),
  stdin: new Outbox(sockets.stdin),
};
type Channel = "shell" | "control";
const origins = new WeakMap<Message, Channel>();

const runs = new Runs();
const parentOf = (run: number): Header | undefined => runs.request(run)?.header;
const iopub: IOPub = new IOPub(sockets.iopub, session, new ChartImages(), () => {
  streams.wake();
  takeMore();
});
const streams: Streams = new Streams(setup, iopub, parentOf, () => {
  for (let next = receiveMessageOnPort(main); next; next = receiveMessageOnPort(main)) {
    take(next.message);
  }
});
const known = new Known();
const types = new TypeCheck(process.cwd(), modeAtStart(process.env));
const kernel: Kernel = {
  iopub,
  streams,
  history: new History(HistoryFolder.ofUser()),
  runs,
  crashes,
  types,
  known,
  control,
  post,
  reply(request, content, after) {
    const type = request.header.msg_type.replace(/_request$/, "_reply");
    const { identities } = request;
    const extras = {
      identities,
      metadata: type === "execute_reply" ? { status: content.status } : {},
    };
    const frames = session.frames(session.header(type), content, request.header, extras);
    outboxes[origins.get(request) ?? "shell"].push(after ? after.then(() => frames) : frames);
  },
  log: (error) => writeSync(2, `${(error as Error)?.stack ?? error}\n`),
};
const queue = new ExecutionQueue(kernel);
const shell = new Shell(kernel, known, connection);
const stdin = new Stdin(outboxes.stdin, session, control, setup.input);
const interrupter = new Interrupter(control, post);
const controls = new Control(interrupter, () => stdin.forget());

async function receive(channel: Channel, frames: Uint8Array[]): Promise<void> {
  const message = decode(frames, connection.key);
  if (!message) return;
  origins.set(message, channel);
  const type = message.header.msg_type;
  if (channel === "shell" && type === "execute_request") {
    try {
      queue.push(message);
      return;
    } catch (error) {
      answer(message, { ...failure(error), execution_count: 0 });
      return;
    }
  }
  const target =
    controls.handles(type) && (channel === "control" || !shell.handles(type)) ? controls : shell;
  // Who subscribes and asks at once is greeted first: the subscription may lie at the other socket.
  if (type === "kernel_info_request") await nextTurn();
  iopub.status("busy", message.header);
  try {
    const content = target.handles(type)
      ? await target.handle(message)
      : type.endsWith("_request")
        ? failure(new Error(`${type} is not supported by this kernel`))
        : undefined;
    if (content) kernel.reply(message, content);
  } catch (error) {
    if (type.endsWith("_request")) kernel.reply(message, failure(error));
  }
  iopub.status("idle", message.header);
  if (type === "shutdown_request") await shutdown();
}

function answer(message: Message, content: Record<string, unknown>): void {
  iopub.status("busy", message.header);
  kernel.reply(message, content);
  iopub.status("idle", message.header);
}

function failure(error: unknown): Record<string, unknown> {
  const { name, message } = error as Error;
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

let rehearsed = false;

/** A cell's way through this thread: read, rewritten, answered; nothing of it leaves. */
async function rehearse(n: number): Promise<void> {
  const code = `const a${n}: number[] = [${n}]; function f(x: string) { return { x, y: a${n} } }`;
  await language().rewrite(code);
  const header = session.header("execute_request");
  const message = decode(session.frames(header, { code }, undefined), connection.key);
  if (message) executeRequest(message.content);
}

async function shutdown(): Promise<void> {
  crashes.remove();
  types.stop();
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 2_000);
  await Promise.all([
    outboxes.shell.flushed(),
    outboxes.control.flushed(),
    iopub.flushed(),
    kernel.history.close(),
  ]);
  for (const socket of Object.values(sockets)) socket.close();
  for (const file of files) rmSync(file, { force: true });
  post({ type: "shutdown" });
  // A main thread that is busy is stopped, so that it reads the message; one in native code, killed.
  setInterval(() => interrupter.terminate(), 100);
}

const handle = (message: ToServer) => {
  if (message.type === "wake") return streams.wake();
  if (message.ring !== undefined && message.type !== "snapshot") streams.read(message.ring);
  switch (message.type) {
    case "done":
      known.expect();
      return queue.finished(message);
    case "ready":
      known.names = message.names;
      known.magics = message.magics;
      types.offer(message.names);
      if (!rehearsed) types.warmUp();
      if (!rehearsed) void warmUp(() => queue.active, rehearse).catch(kernel.log);
      rehearsed = true;
      return;
    case "display":
    case "update": {
      const type = message.type === "display" ? "display_data" : "update_display_data";
      const { displayId } = message;
      return iopub.bundle(type, message.rendered, parentOf(message.run), { displayId });
    }
    case "clear":
      return iopub.publish("clear_output", { wait: message.wait }, parentOf(message.run));
    case "error":
      return iopub.publish("error", message.error, parentOf(message.run));
    case "input": {
      const request = runs.request(message.run);
      if (request) stdin.ask(request, message.prompt, message.password);
      return;
    }
    case "reset":
      types.forget();
      return known.snapshot.clear();
    case "installed":
      return types.installed();
    case "snapshot":
      types.refine(message.types);
      return known.update(message.entries);
    default: {
      shell.commSent(message);
      const { metadata, buffers } = message;
      iopub.publish(message.type, message.content, parentOf(message.run), { metadata, buffers });
    }
  }
};
let taken = 0;

function take(message: ToServer): void {
  handle(message);
  if (message.type === "wake") return;
  taken++;
  takeMore();
}
main.on("message", take);

/** The main thread may post as many again as were taken, unless the front end is behind. */
function takeMore(): void {
  if (streams.held) return;
  Atomics.sub(control, Slot.posted, taken);
  Atomics.notify(control, Slot.posted);
  taken = 0;
}

async function listen(channel: Channel): Promise<void> {
  for await (const frames of sockets[channel]) void receive(channel, frames).catch(kernel.log);
}
async function echo(): Promise<void> {
  for await (const frames of sockets.hb) await sockets.hb.send(frames);
}
async function answers(): Promise<void> {
  for await (const frames of sockets.stdin) {
    const message = decode(frames, connection.key);
    if (message) stdin.answer(message);
  }
}

// A kernel whose client died is nobody's: Jupyter names the client's process when it starts one.
if (process.env.JPY_PARENT_PID) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void shutdown();
  }, 1_000).unref();
}

setTimeout(() => {
  crashes.sweep();
  endOrphans();
}, SETTLED_MS).unref();

/** The sockets are there; the main thread has waited with its own start, so that they are there soon. */
void bound.then(() => {
  main.postMessage("bound");
  iopub.status("starting", undefined);
  for (const loop of [iopub.welcome(), listen("shell"), listen("control"), echo(), answers()]) {
    loop.catch(kernel.log);
  }
});
