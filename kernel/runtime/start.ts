import type { MessagePort, Worker } from "node:worker_threads";
import type { Extension } from "../extension/contract.js";
import { extensionOf, listedExtensions } from "../extension/loader.js";
import { ExtensionRegistry } from "../extension/registry.js";
import type { ExecuteOrder, ToMain, ToServer } from "./bridge.js";
import { Slot } from "./bridge.js";
import { CellSources } from "./cells.js";
import { Comms } from "./comms.js";
import { installKernelCooperation } from "./cooperate.js";
import { Evaluator } from "./evaluate.js";
import { Executor, reportOf } from "./executor.js";
import { exitProcess, installGuard } from "./guard.js";
import { installKernelSink } from "./kernel-sink.js";
import { createModules } from "./modules.js";
import { Outputs } from "./outputs.js";
import { createPrompts } from "./prompt.js";
import type { Ring } from "./ring.js";
import { installScope } from "./scope.js";
import { describe } from "./snapshot.js";
import { installStackTraces } from "./stack.js";
import { installStdio } from "./stdio.js";

/** Turns the main thread into the place where cells run; everything comes and goes by messages. */
export function startRuntime(
  server: Worker,
  control: Int32Array,
  ring: Ring,
  input: MessagePort,
  captured: boolean,
): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = (message: ToServer) => server.postMessage({ ...message, ring: ring.head });
  const folder = process.cwd();
  const modules = createModules(folder);
  const registry = new ExtensionRegistry(scope);
  const comms = new Comms(post);
  const evaluator = new Evaluator();
  const sources = new CellSources();

  installKernelSink(post);
  installStdio(ring, captured);
  installKernelCooperation(control);
  installStackTraces(sources);
  installGuard(reportOf, (run, error) => post({ type: "error", run, error }));
  installScope(scope, registry, comms, createPrompts(post, control, input));

  const announce = () => post({ type: "ready", names: registry.names() });
  const builtIn = import(new URL("./extensions.js", import.meta.url).href).then(
    async ({ default: extensions }: { default: Extension[] }) => {
      for (const extension of extensions) await registry.add(extension, "built in");
      announce();
    },
  );
  // The user's extensions load at the first cell, never when a notebook is merely opened.
  let users: Promise<void> | undefined;
  const addUsers = async () => {
    await builtIn;
    for (const name of await listedExtensions(folder)) {
      try {
        await registry.add(extensionOf(await modules.import(name), name), name);
      } catch (error) {
        console.error(`the extension ${name} is left out: ${(error as Error).message}`);
      }
    }
    announce();
  };

  const outputs = new Outputs(scope);
  const executor: Executor = new Executor({
    post,
    evaluator,
    sources,
    outputs,
    prepare: async (chains) => {
      users ??= addUsers();
      await users;
      await registry.touch(chains);
    },
    after: (order) => post({ type: "snapshot", entries: snapshot(scope, order) }),
  });

  Object.defineProperty(scope, "__retro__", {
    value: {
      import: modules.import,
      meta: modules.meta,
      result: executor.keepResult,
      keep: evaluator.keep,
      magic: (name: string, argument: string, body?: string) =>
        registry.magic(name)(argument, body),
    },
  });
  Object.defineProperty(scope, "require", {
    value: modules.require,
    writable: true,
    configurable: true,
  });

  // Ctrl-C in a terminal reaches the whole process group; the front end has its own way to interrupt.
  process.on("SIGINT", () => executor.interrupt());

  server.on("message", (message: ToMain) => {
    if (message.type === "execute") void executor.execute(message);
    else if (message.type === "interrupt") {
      Atomics.store(control, Slot.ticket, message.ticket);
      executor.interrupt();
    } else if (message.type === "shutdown") exitProcess(0);
    else comms.receive(message);
  });
}

function snapshot(scope: Record<string, unknown>, order: ExecuteOrder) {
  const names = new Set([
    ...order.declared,
    ...order.chains.map((chain) => chain.split(".")[0] as string),
  ]);
  return Object.fromEntries(
    [...names].map((name) => {
      const property = Object.getOwnPropertyDescriptor(scope, name);
      return [name, property && "value" in property ? describe(property.value) : null];
    }),
  );
}
