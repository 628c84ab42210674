import { resolve } from "node:path";
import type { Contender } from "./contenders.js";
import type { Life } from "./life.js";

/** A contender of ours whose threads tell what they hold. */
export function probed(contender: Contender): Contender {
  const [node = "", ...words] = contender.command;
  const probe = ["--expose-gc", "--import", resolve("test/bench/kernel/heap-probe.mjs")];
  return { ...contender, command: [node, ...probe, ...words] };
}

/** Megabytes of heap and external memory after a collection in every thread of a probed contender. */
export async function heldMegabytes({ kernel }: Life): Promise<number> {
  const { reply, text } = await kernel.execute("await (globalThis as any).heldBytes()");
  if (reply.content.status !== "ok") throw new Error(`no memory figure: ${text}`);
  return Number(text.replaceAll("_", "")) / 2 ** 20;
}
