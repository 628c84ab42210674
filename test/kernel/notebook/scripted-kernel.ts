// A kernel that does what its cells say, for tests of the client: it is bundled and run as a process.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Publisher, Router } from "zeromq";
import { decode, encode } from "../../../kernel/protocol/frames.js";
import { type Message, PROTOCOL_VERSION } from "../../../kernel/protocol/message.js";

const connection = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
// What it asks must not be lost because the client is still connecting.
const [shell, control, stdin] = [new Router(), new Router(), new Router({ mandatory: true })];
const iopub = new Publisher();
const address = (port: number) => `tcp://127.0.0.1:${port}`;
await shell.bind(address(connection.shell_port));
await control.bind(address(connection.control_port));
await stdin.bind(address(connection.stdin_port));
await iopub.bind(address(connection.iopub_port));

function message(msg_type: string, content: Message["content"], parent: Message, to: Uint8Array[]) {
  const { header } = parent;
  const own = {
    msg_id: randomUUID(),
    session: "scripted",
    username: "test",
    date: new Date().toISOString(),
    msg_type,
    version: PROTOCOL_VERSION,
  };
  const whole = {
    identities: to,
    header: own,
    parent_header: header,
    metadata: {},
    content,
    buffers: [],
  };
  return encode(whole, connection.key) as Buffer[];
}

const publish = (parent: Message, type: string, content: Message["content"]) =>
  iopub.send(message(type, content, parent, [Buffer.from(type)]));
const status = (parent: Message, execution_state: string) =>
  publish(parent, "status", { execution_state });
const print = (parent: Message, text: string) =>
  publish(parent, "stream", { name: "stdout", text });

let interrupt = () => {};
let count = 0;

/** A cell is one line: a word and its argument. */
async function run(parent: Message): Promise<void> {
  const [word, ...rest] = String(parent.content.code).split(" ");
  const argument = rest.join(" ");
  const ok = { status: "ok", execution_count: ++count };
  const reply = (content: Message["content"] = ok) =>
    shell.send(message("execute_reply", content, parent, parent.identities));
  if (word === "idle-after-reply") {
    await reply();
    await print(parent, argument);
    return void (await status(parent, "idle"));
  }
  if (word === "die") {
    await print(parent, "last words\n");
    console.error("no memory left");
    return void process.kill(process.pid, "SIGKILL");
  }
  if (word === "hang") {
    await print(parent, "hanging\n");
    await new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    await reply({
      status: "error",
      execution_count: count,
      ename: "Interrupted",
      evalue: "",
      traceback: [],
    });
    return void (await status(parent, "idle"));
  }
  if (word === "ask") {
    for (let sent = false; !sent; ) {
      sent = await stdin
        .send(message("input_request", { prompt: "?", password: false }, parent, parent.identities))
        .then(
          () => true,
          () => new Promise((retry) => setImmediate(retry, false)),
        );
    }
    const answer = decode(await stdin.receive(), connection.key);
    await print(parent, JSON.stringify(answer?.content));
  }
  await status(parent, "idle");
  await reply();
}

async function serve(socket: Router): Promise<void> {
  for await (const frames of socket) {
    const request = decode(frames, connection.key);
    if (request === undefined) continue;
    await status(request, "busy");
    const type = request.header.msg_type;
    const answer = (content: Message["content"]) =>
      socket.send(message(type.replace("request", "reply"), content, request, request.identities));
    if (type === "execute_request") run(request);
    if (type === "kernel_info_request") await answer({ language_info: { name: "script" } });
    if (type === "interrupt_request") interrupt();
    if (type === "shutdown_request") {
      await answer({ status: "ok", restart: false });
      process.exit(0);
    }
    if (type !== "execute_request") await status(request, "idle");
  }
}
serve(shell);
serve(control);
