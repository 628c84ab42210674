import type { Life } from "../kernel/life.js";

/** Times of ours without the checking that was asked for would say nothing: the round has failed. */
export async function expectChecking({ contender, kernel }: Life): Promise<void> {
  if (contender.env?.RETRO_CHECK !== "strict") return;
  const { reply } = await kernel.execute('const wrong: number = "not one"');
  if (reply.content.status === "ok") throw new Error("types are not checked");
}
