import { parentPort } from "node:worker_threads";
import type { RenderJob, RenderReply } from "./chart-renderer.js";
import { InvalidChart, renderPng, renderSvg } from "./render.js";

parentPort?.on("message", async ({ spec, kind, scale }: RenderJob) => {
  let reply: RenderReply;
  try {
    reply = {
      picture:
        scale === undefined ? await renderSvg(spec, kind) : await renderPng(spec, kind, scale),
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply = { error: text, invalid: error instanceof InvalidChart };
  }
  parentPort?.postMessage(reply);
});
