import { afterAll, beforeAll, expect, test } from "vitest";
import { RawKernel, type Received } from "../../support/raw-kernel.js";

// What cells show, as a front end gets it from a kernel process.
let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start();
});
afterAll(() => kernel?.stop());

const SVG = "image/svg+xml";

/** Prints and displays in order, each as its text. */
const shown = (messages: Received[]) =>
  messages.flatMap(({ type, content }) => {
    if (type === "stream") return content.text.trimEnd().split("\n");
    return content.data ? [content.data["text/plain"]] : [];
  });
const updates = (messages: Received[]) => messages.filter((m) => m.type === "update_display_data");
const results = (messages: Received[]) => messages.filter((m) => m.type === "execute_result");

/** Runs a cell until `count` updates have come and interrupts it. */
async function interruptAfter(count: number, code: string): Promise<Received[]> {
  const id = kernel.post(code);
  await kernel.until(() => updates(kernel.outputsOf(id)).length >= count);
  await kernel.interrupt();
  const { reply, iopub } = await kernel.exchange("shell", id);
  expect(reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
  return iopub;
}

test("what is displayed between two prints stands between them", async () => {
  const { iopub } = await kernel.execute(`
    for (let i = 0; i < 30; i++) {
      console.log("print", i);
      display.text("display " + i);
      display({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "own " + i }) });
    }`);
  const each = Array.from({ length: 30 }, (_, i) => [`print ${i}`, `display ${i}`, `own ${i}`]);
  expect(shown(iopub)).toEqual(each.flat());
});

test("every one of many outputs arrives, more than a socket takes at once", async () => {
  const { iopub } = await kernel.execute("for (let i = 0; i < 500; i++) display.text(String(i))");
  expect(shown(iopub)).toEqual(Array.from({ length: 500 }, (_, i) => `${i}`));
});

test("metadata that no message can carry is made fit for one", async () => {
  const { iopub } = await kernel.execute("display(1, { metadata: { n: 1n, f() {} } });");
  expect(iopub.find((m) => m.type === "display_data")?.content.metadata).toEqual({ n: 1 });
});

test("the handle of an output is no output, a value beside it is", async () => {
  for (const code of ["display(1)", "display.text('x', { id: 'a' })", "live(1)"]) {
    const { iopub } = await kernel.execute(code);
    expect(results(iopub), code).toEqual([]);
  }
  expect((await kernel.execute("display('b', { id: 'b' }).id")).text).toBe("'b''b'");
});

test("a handle updates what an earlier cell shows", async () => {
  await kernel.execute("const status = display('one', { id: 'status' })");
  const { iopub } = await kernel.execute("status.update('two')");
  expect(updates(iopub)).toMatchObject([
    { content: { data: { "text/plain": "'two'" }, transient: { display_id: "status" } } },
  ]);
});

test("a promise is shown as in Node, without its bookkeeping", async () => {
  expect((await kernel.execute("[Promise.resolve(3), new Promise(() => {})]")).text).toBe(
    "[ Promise { 3 }, Promise { <pending> } ]",
  );
});

test("a chart that Vega-Lite refuses is an error in words, and the next is drawn", async () => {
  const misspelt = await kernel.execute("display.vegaLite({ mark: 'lin', data: { values: [] } })");
  expect(misspelt.text).toContain('Vega-Lite has no mark lin (did you mean "line"?)');
  const broken = await kernel.execute(
    "({ mark: 'bar', data: { values: [{ a: 1 }] }, encoding: { x: { field: 'a', axis: { labelExpr: '((' } } } })",
  );
  const [result] = results(broken.iopub);
  expect(Object.keys(result?.content.data)).toEqual(["text/plain"]);
  expect(broken.text).toContain("this is no valid Vega-Lite specification: Expression parse error");
  const good = await kernel.execute("vl.line([1, 2, 3])");
  expect(results(good.iopub)[0]?.content.data[SVG]).toMatch(/^<svg/);
});

test("an interrupt of a loop keeps the last state of a live chart, with its picture", async () => {
  const last = updates(
    await interruptAfter(2, "const a = live(); for (let i = 0; ; i++) a.update(vl.line([i, 1]))"),
  ).at(-1);
  expect(last?.content.metadata).toEqual({});
  expect(last?.content.data[SVG]).toMatch(/^<svg/);
  const seen = await interruptAfter(
    2,
    "const b = live(); for (let i = 0; ; i++) { b.update(vl.line([i, 1])); await null; if (i % 99 === 0) await new Promise((r) => setTimeout(r, 1)); }",
  );
  expect(updates(seen).at(-1)?.content.data[SVG]).toMatch(/^<svg/);
});

test("a timer that feeds a live chart outlives its cell, and an interrupt ends the chart", async () => {
  const cell = await kernel.execute(
    "let n = 0; const c = live(0); var feeding = setInterval(() => c.update(++n), 5); 'started'",
  );
  expect(cell.reply.content.status).toBe("ok");
  const count = updates(cell.iopub).length;
  await kernel.until(() => updates(kernel.outputsOf(cell.id)).length >= count + 2);
  await kernel.interrupt();
  const fed = (
    await kernel.execute(
      "const before = n; while (n < before + 50) await new Promise((r) => setTimeout(r, 1)); clearInterval(feeding); n",
    )
  ).text;
  const last = updates(kernel.outputsOf(cell.id)).at(-1);
  expect(last?.content.metadata).toEqual({});
  expect(Number(last?.content.data["text/plain"])).toBeLessThan(Number(fed) - 40);
});

test("an interrupted progress loop ends its cell, and the bar says where", async () => {
  for (const loop of [
    "for (const i of progress(forever())) ;",
    "for await (const i of progress(forever())) await new Promise((r) => setTimeout(r, 1));",
  ]) {
    const seen = await interruptAfter(
      2,
      `var forever = function* () { for (let i = 0; ; i++) yield i; }; ${loop} console.log("after")`,
    );
    expect(shown(seen), loop).not.toContain("after");
    expect(updates(seen).at(-1)?.content.data["text/plain"], loop).toMatch(/^[\d,]+ · stopped$/);
  }
});
