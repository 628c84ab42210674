import * as nodeModule from "node:module";
import { MessageChannel, type MessagePort } from "node:worker_threads";

/** Node 22.15 and later have hooks that run on the thread that imports. */
type RegisterHooks = (hooks: {
  resolve: (
    specifier: string,
    context: { parentURL?: string },
    next: (specifier: string, context: object) => unknown,
  ) => unknown;
  load: (url: string, context: object, next: (url: string, context: object) => unknown) => unknown;
}) => void;

// Node 20 runs hooks on a thread of their own. What was posted before an import began already lies
// in the port's queue when its `load` runs, so nothing has to wait there. A data: URL, because a
// bundle has no file for it.
const THREAD = `
import { receiveMessageOnPort } from "node:worker_threads";
const sources = new Map();
let port;
let kernel;
export function initialize(data) { ({ port, kernel } = data); }
export function resolve(specifier, context, next) {
  return next(specifier, /^retro-kernel($|\\/)/.test(specifier) ? { ...context, parentURL: kernel } : context);
}
export function load(url, context, next) {
  for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port)) {
    sources.set(m.message.url, m.message.source);
  }
  const source = sources.get(url);
  if (source === undefined) return next(url, context);
  return { format: "module", source, shortCircuit: true };
}`;

const KERNEL = import.meta.url;

let serving: ((url: string, source: string) => void) | undefined;

/** Makes an import of `url` load `source` as an ES module. */
export function serve(url: string, source: string): void {
  serving ??= start();
  serving(url, source);
}

/** Makes the kernel's own name mean the running kernel in every package, installed beside it or not. */
export function followKernel(): void {
  serving ??= start();
}

function start(): (url: string, source: string) => void {
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks };
  if (registerHooks) {
    const sources = new Map<string, string>();
    registerHooks({
      resolve(specifier, context, next) {
        const own = /^retro-kernel($|\/)/.test(specifier);
        return next(specifier, own ? { ...context, parentURL: KERNEL } : context);
      },
      load(url, context, next) {
        const source = sources.get(url);
        if (source === undefined) return next(url, context);
        return { format: "module", source, shortCircuit: true };
      },
    });
    return (url, source) => sources.set(url, source);
  }
  const { port1, port2 } = new MessageChannel();
  nodeModule.register<{ port: MessagePort; kernel: string }>(
    `data:text/javascript,${encodeURIComponent(THREAD)}`,
    {
      data: { port: port2, kernel: KERNEL },
      transferList: [port2],
    },
  );
  port1.unref();
  return (url, source) => port1.postMessage({ url, source });
}
