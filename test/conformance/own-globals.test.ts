import { afterEach, expect, test } from "vitest";
import * as own from "../../kernel/runtime/own-globals.js";
import { RawKernel } from "../support/raw-kernel.js";

let kernel: RawKernel | undefined;
afterEach(() => kernel?.stop());

test("the kernel does without the globals that a cell declares for itself", async () => {
  kernel = await RawKernel.start();
  // The bundler's own first lines need Object in what loads later.
  const names = [...Object.keys(own), "crypto"].filter((name) => name !== "Object");
  await kernel.execute("const shell = console;");
  await kernel.execute(names.map((name) => `const ${name} = "mine";`).join("\n"));
  for (const [code, text] of [
    ["performance", /^'mine'$/],
    ["await null; 6 * 7", /^42$/],
    ["shell.log('printed')", /^printed\n$/],
    ["display('shown', { id: 'd' }).update(2);", /^'shown'$/],
    ["for (const i of progress([1, 2])); live().update(3);", /3$/],
    ["vl.bar([{ a: 1 }], { x: 'a' })", /^bar chart: a/],
    ["performance?", /^$/],
    ["fetch.x.y", /^TypeError: Cannot read properties of undefined/],
  ] as const) {
    expect((await kernel.execute(code)).text, code).toMatch(text);
  }
  const { reply } = await kernel.execute("1;\n  fetch.x.y");
  const place = `Cell [${reply.content.execution_count}]:2:11`;
  expect(reply.content.traceback.join("\n")).toContain(place);
  const endless = kernel.post("globalThis.n = 0; for (;;) n++;");
  await kernel.until((m) => m.type === "execute_input" && m.parent.msg_id === endless);
  await kernel.interrupt();
  expect((await kernel.exchange("shell", endless)).reply.content.status).toBe("error");
  expect((await kernel.execute("n > 0")).text).toBe("true");
});
