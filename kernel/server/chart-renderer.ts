import { Worker } from "node:worker_threads";
import type { ChartKind } from "./render.js";

const PATIENCE_MS = 20_000;

export interface RenderJob {
  spec: object;
  kind: ChartKind;
  /** Given for a PNG, in pixels a chart's pixel; left out for an SVG. */
  scale?: number;
}

export type RenderReply = { picture: string | Uint8Array } | { error: string; invalid: boolean };

/** Why a chart has no picture; `invalid` when no viewer could draw it either. */
export class NoPicture extends Error {
  constructor(
    message: string,
    readonly invalid: boolean,
  ) {
    super(message);
  }
}

/** Draws charts away from the thread that asks. */
export interface ChartRenderer {
  svg(spec: object, kind: ChartKind): Promise<string>;
  /** `scale` is pixels for each of the chart's, 2 unless told. */
  png(spec: object, kind: ChartKind, scale?: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * A renderer with a thread of its own, started by the first chart and again after it died.
 *
 * Charts are drawn one after the other, in the order asked. One that takes over 20 s is given up.
 */
export function createChartRenderer(
  workerFile = new URL("./render-worker.js", import.meta.url),
  patienceMs = PATIENCE_MS,
): ChartRenderer {
  let worker: Worker | undefined;
  let giveUp: (why: string) => void = () => {};
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const start = () => {
    const started = new Worker(workerFile, { execArgv: [] });
    const gone = (why: string) => {
      if (worker !== started) return;
      worker = undefined;
      giveUp(why);
    };
    started.on("error", (error) => gone(`the chart could not be drawn: ${String(error)}`));
    started.on("exit", () => gone("the chart renderer ended before the chart was drawn"));
    return started;
  };

  const draw = async (job: RenderJob): Promise<string | Uint8Array> => {
    if (closed) throw new Error("the chart renderer is closed");
    worker ??= start();
    const running = worker;
    running.ref();
    running.postMessage(job);
    let timer: NodeJS.Timeout | undefined;
    try {
      const reply = await new Promise<RenderReply>((resolve, reject) => {
        giveUp = (why) => reject(new Error(why));
        running.once("message", resolve);
        timer = setTimeout(() => {
          worker = undefined;
          void running.terminate();
          giveUp(`the chart took over ${patienceMs / 1000} s to draw; aggregate its data first`);
        }, patienceMs);
      });
      if ("error" in reply) throw new NoPicture(reply.error, reply.invalid);
      return reply.picture;
    } finally {
      clearTimeout(timer);
      running.removeAllListeners("message").unref();
    }
  };

  const inTurn = (job: RenderJob) => {
    const drawn = last.then(() => draw(job));
    last = drawn.catch(() => {});
    return drawn;
  };

  return {
    svg: async (spec, kind) => String(await inTurn({ spec, kind })),
    png: async (spec, kind, scale = 2) => (await inTurn({ spec, kind, scale })) as Uint8Array,
    close: async () => {
      closed = true;
      await worker?.terminate();
    },
  };
}
