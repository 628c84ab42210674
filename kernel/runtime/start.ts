import type { MessagePort, Worker } from "node:worker_threads";
import { installCellSource } from "../display/error.js";
import { render } from "../display/registry.js";
import type { Extension } from "../extension/contract.js";
import { signal } from "../extension/cooperation.js";
import { ExtensionRegistry } from "../extension/registry.js";
import { clearAsyncStack } from "./async-stack.js";
import type { ExecuteOrder, ToMain, ToServer } from "./bridge.js";
import { Slot } from "./bridge.js";
import { Cell, currentCell, Interrupted, owner } from "./cell.js";
import { CellSources } from "./cells.js";
import { Comms } from "./comms.js";
import { installKernelCooperation } from "./cooperate.js";
import { describeType } from "./describe-type.js";
import { Evaluator } from "./evaluate.js";
import { Executor, reportOf } from "./executor.js";
import { exitProcess, installGuard } from "./guard.js";
import { installKernelSink } from "./kernel-sink.js";
import { language } from "./language.js";
import { LoadedExtensions } from "./loaded-extensions.js";
import { builtInMagics } from "./magics/index.js";
import { startClock, stopClock } from "./magics/time.js";
import { repeat } from "./magics/timeit.js";
import { createModules } from "./modules.js";
import { Outputs } from "./outputs.js";
import { hideAsyncContext } from "./plain-promises.js";
import { createPrompts } from "./prompt.js";
import { Ring } from "./ring.js";
import { installScope } from "./scope.js";
import { describe, type SnapshotEntry } from "./snapshot.js";
import { installStackTraces } from "./stack.js";
import { installStdio } from "./stdio.js";
import { TypeBounds } from "./types/type-bounds.js";
import { UserExtensions } from "./user-extensions.js";
import { UserNames } from "./user-names.js";
import { warmUp } from "./warm-up.js";

/** Messages that the protocol thread may be behind. */
const MOST_POSTED = 32;

/** Turns the main thread into the place where cells run; everything comes and goes by messages. */
export function startRuntime(
  server: Worker,
  control: Int32Array,
  memory: SharedArrayBuffer,
  { orders, input }: { orders: MessagePort; input: MessagePort },
  captured: boolean,
  endsOf: (cause: string) => void,
): void {
  const ring = new Ring(memory, () => server.postMessage({ type: "wake" } satisfies ToServer));
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = (message: ToServer) => {
    // An interrupt may end a wait, and what was to be posted; a cell's end must arrive.
    if (message.type !== "done") waitForServer(control);
    server.postMessage({ ...message, ring: ring.head });
    Atomics.add(control, Slot.posted, 1);
  };
  const folder = process.cwd();
  const modules = createModules(folder);
  const magics = builtInMagics({
    folder,
    installed: () => post({ type: "installed" }),
    add: (from) => loaded.add(from),
    announce: () => announce(),
    mode: () => executor.checkMode,
    magics: () => registry.magics(),
    names: () => names.entries(),
    forget: () => {
      names.forget();
      outputs.forget();
      post({ type: "reset" });
    },
  });
  const registry = new ExtensionRegistry(scope, magics);
  const comms = new Comms(post);
  const evaluator = new Evaluator();
  const sources = new CellSources((source) => language().mapOf(source));

  installKernelSink(post);
  installStdio(ring, captured);
  installKernelCooperation(control);
  installStackTraces(sources);
  hideAsyncContext();
  installCellSource((count) => sources.source(count));
  installGuard((error) => {
    // What an interrupted cell left behind ends with this, and everybody knows.
    if (error instanceof Interrupted) return;
    post({ type: "error", run: currentCell().run, error: reportOf(error) });
  }, endsOf);
  const kept = installScope(scope, registry, comms, createPrompts(post, control, input));

  const announce = () => {
    const known = Object.entries(registry.magics()).map(([name, magic]) => {
      const { doc, usage = "", values = [], form } = magic;
      return { name, doc, usage, values, ...(form && { form }) };
    });
    post({ type: "ready", names: registry.names(), magics: known });
  };
  const builtIn = import(new URL("./extensions.js", import.meta.url).href).then(
    async ({ default: extensions }: { default: Extension[] }) => {
      for (const extension of extensions) await registry.add(extension, "built in");
      announce();
    },
  );
  const loaded = new LoadedExtensions(registry, modules.import);
  const users = new UserExtensions(folder, loaded);

  const outputs = new Outputs(scope);
  const executor: Executor = new Executor({
    post,
    evaluator,
    sources,
    outputs,
    prepare: async ({ chains, declared, imported }) => {
      await builtIn;
      // The user's extensions load at the first cell, never when a notebook is merely opened.
      if (users.waiting && (await users.add(signal()))) announce();
      if (chains.length > 0) await registry.touch(chains);
      names.declare(declared, imported);
    },
    after: (order) =>
      post({
        type: "snapshot",
        entries: snapshot(scope, order, registry.touched(order.chains)),
        types: typesOf(scope, order.describe, registry),
      }),
  });

  // Nothing of this is the user's, and nobody sees it.
  const rehearse = async (n: number) => {
    await evaluator.evaluate({ code: `"use strict";void ${n}`, suspends: false }, "retro:silent");
    await render(n);
    describe({ n, text: "text" });
    describeType([{ n, text: "text" }], () => undefined);
  };
  void builtIn.then(() => warmUp(() => executor.busy, rehearse)).catch(() => {});

  Object.defineProperty(scope, "__retro__", {
    value: {
      import: modules.import,
      meta: modules.meta,
      result: executor.keepResult,
      keep: evaluator.keep,
      unwind: clearAsyncStack,
      wait: (value: unknown) => (owner.getStore()?.ended ? new Promise(() => {}) : value),
      resume: (value: unknown) => {
        const cell = owner.getStore();
        if (!cell?.interrupted) return value;
        cell.ended = true;
        throw new Interrupted();
      },
      magic: (name: string, argument: string, body?: string) =>
        registry.magic(name, body === undefined ? "line" : "cell").run(argument, body),
      time: startClock,
      timed: stopClock,
      timeit: repeat,
      inspect: (chain: string, detail: 0 | 1) => {
        const root = chain.split(".", 1)[0] as string;
        executor.ask({ chain, detail, root: entryOf(scope, root) });
      },
    },
  });
  Object.defineProperty(scope, "require", {
    value: modules.require,
    writable: true,
    configurable: true,
  });

  const names = new UserNames(scope, [...kept, "require"]);

  // Ctrl-C in a terminal reaches the whole process group; the front end has its own way to interrupt.
  process.on("SIGINT", () => executor.interrupt());

  orders.on("message", (message: ToMain) => {
    if (message.type === "execute") void executor.execute(message);
    else if (message.type === "interrupt") {
      Atomics.store(control, Slot.ticket, message.ticket);
      // An update that was terminated after its 250 ms did not say that it ended.
      Atomics.store(control, Slot.critical, 0);
      executor.interrupt();
    } else if (message.type === "shutdown") exitProcess(0);
    else owner.run(new Cell(message.run, 0, false), () => comms.receive(message));
  });
}

/** Like the ring: output that comes quicker than the front end takes it waits here. */
function waitForServer(control: Int32Array): void {
  for (;;) {
    const posted = Atomics.load(control, Slot.posted);
    if (posted < MOST_POSTED) return;
    Atomics.wait(control, Slot.posted, posted, 1_000);
  }
}

/** What is known of the names that a cell declared or touched, `extended` being those of extensions. */
function snapshot(
  scope: Record<string, unknown>,
  order: ExecuteOrder,
  extended: readonly string[],
): Record<string, SnapshotEntry | null> {
  const names = new Set([
    ...order.declared,
    ...order.chains.map((chain) => chain.split(".")[0] as string),
    ...extended,
  ]);
  return Object.fromEntries([...names].map((name) => [name, entryOf(scope, name)]));
}

/** What is known of a global, or of `a.b` in one, without touching it: getters are not called. */
function entryOf(scope: Record<string, unknown>, name: string): SnapshotEntry | null {
  let value: unknown = scope;
  for (const step of name.split(".")) {
    const property = Object.getOwnPropertyDescriptor(Object(value), step);
    if (!property || !("value" in property)) return null;
    value = property.value;
  }
  return describe(value);
}

/** The types that values turned out to have; null for a name that holds nothing to tell of. */
function typesOf(
  scope: Record<string, unknown>,
  names: readonly string[],
  registry: ExtensionRegistry,
): Record<string, string | null> {
  const bounds = TypeBounds.ofCell();
  const said = (value: unknown) => {
    const type = registry.describeType(value);
    return type !== undefined && language().isTypeExpression(type) ? type : undefined;
  };
  return Object.fromEntries(
    names.map((name) => {
      const property = Object.getOwnPropertyDescriptor(scope, name);
      const value: unknown = property && "value" in property ? property.value : undefined;
      return [name, describeType(value, said, bounds) ?? null];
    }),
  );
}
