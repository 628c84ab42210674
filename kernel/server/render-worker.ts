import { parentPort } from "node:worker_threads";
import type { RenderJob, RenderReply } from "./chart-renderer.js";
import { renderPng, renderSvg } from "./render.js";

parentPort?.on("message", async ({ spec, kind, scale }: RenderJob) => {
  let reply: RenderReply;
  try {
    reply = {
      picture:
        scale === undefined ? await renderSvg(spec, kind) : await renderPng(spec, kind, scale),
    };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});
