// The floor: a main thread, a worker with five sockets, and nothing else. Every cell's value is 2.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { argv: [process.argv[2]] });
  worker.on("message", (code) => worker.postMessage(code === "1+1" ? "2" : ""));
} else {
  const { Router, XPublisher } = await import("zeromq");
  const c = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const sockets = [];
  const bind = async (socket, port) => {
    sockets.push(socket);
    await socket.bind(`tcp://${c.ip}:${port}`);
    return socket;
  };
  const [shell, , , , iopub] = await Promise.all([
    bind(new Router(), c.shell_port),
    bind(new Router(), c.control_port),
    bind(new Router(), c.stdin_port),
    bind(new Router(), c.hb_port),
    bind(new XPublisher(), c.iopub_port),
  ]);
  const session = randomUUID();
  let n = 0;
  const frames = (ids, type, parent, content) => {
    const header = {
      msg_id: `${session}${n++}`,
      session,
      username: "",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.5",
    };
    const parts = [header, parent, {}, content].map((part) => Buffer.from(JSON.stringify(part)));
    const hmac = createHmac("sha256", c.key);
    for (const part of parts) hmac.update(part);
    return [...ids, "<IDS|MSG>", hmac.digest("hex"), ...parts];
  };
  for await (const received of shell) {
    const at = received.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const header = JSON.parse(received[at + 2]);
    const content = JSON.parse(received[at + 5]);
    const out = (type, body) => iopub.send(frames([type], type, header, body));
    await out("status", { execution_state: "busy" });
    if (header.msg_type === "execute_request") {
      await out("execute_input", { code: content.code, execution_count: 1 });
      const value = await new Promise((resolve) => {
        parentPort.once("message", resolve);
        parentPort.postMessage(content.code);
      });
      await out("execute_result", {
        data: { "text/plain": value },
        metadata: {},
        execution_count: 1,
      });
    }
    const reply = header.msg_type.replace("request", "reply");
    await shell.send(
      frames(received.slice(0, at), reply, header, {
        status: "ok",
        execution_count: 1,
        payload: [],
        user_expressions: {},
      }),
    );
    await out("status", { execution_state: "idle" });
  }
}
