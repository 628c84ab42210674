import { MessageChannel, Worker } from "node:worker_threads";
import { type ServerSetup, Slot } from "./runtime/bridge.js";
import { captureDescriptors } from "./runtime/captured-files.js";
import { openCrashFile, takeCrashEvidence, writeCause } from "./runtime/crash-file.js";
import { tellCrash } from "./runtime/crash-report.js";
import { Ring } from "./runtime/ring.js";
import { type Connection, readConnection } from "./server/connection.js";

const connectionFile = process.argv[2] ?? "";
let connection: Connection;
try {
  connection = readConnection(connectionFile);
} catch (error) {
  console.error(`retro: ${(error as Error).message}`);
  process.exit(1);
}

// The protocol thread starts first and alone: a client waits for its first answer. The rest of this
// thread loads when the sockets are bound, while the client connects to them.
const evidence = takeCrashEvidence(connectionFile);
const lastCrash = evidence && tellCrash(evidence);
const crash = openCrashFile(connectionFile, lastCrash);
const endsOf = (cause: string) => crash && writeCause(crash, cause);
const captured = captureDescriptors(crash?.stderr);
const control = new SharedArrayBuffer(4 * Slot.size);
const memory = Ring.allocate();
const input = new MessageChannel();
const orders = new MessageChannel();
const setup: ServerSetup = {
  connection,
  control,
  ring: memory,
  captured: captured?.readers,
  crash,
  lastCrash,
  input: input.port1,
  orders: orders.port1,
};
const server = new Worker(new URL("./server.cjs", import.meta.url), {
  workerData: setup,
  transferList: [input.port1, orders.port1],
  stdout: true,
  stderr: true,
  // It makes little garbage at a time, and three times this much would lie unused.
  resourceLimits: { maxYoungGenerationSizeMb: 6 },
});
server.on("error", (error) => {
  endsOf(`the protocol thread failed: ${error.message}`);
  captured?.tell(`retro: the kernel cannot go on: ${error.message}\n`);
  process.kill(process.pid, "SIGKILL");
});
server.once("message", async () => {
  const { startRuntime } = await import("./runtime/start.js");
  const ports = { orders: orders.port2, input: input.port2 };
  startRuntime(server, new Int32Array(control), memory, ports, captured !== undefined, endsOf);
});
