import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isIdle, RawKernel, textOf } from "../support/raw-kernel.js";

// The shape of each message, as the protocol writes it.
let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start();
});
afterAll(() => kernel?.stop());

test("kernel_info_reply", async () => {
  const { reply } = await kernel.request("shell", "kernel_info_request", {});
  expect(reply.content).toMatchObject({
    status: "ok",
    protocol_version: "5.5",
    implementation: "retro",
    implementation_version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    banner: expect.stringContaining("Retro"),
    supported_features: [],
    language_info: {
      name: "typescript",
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
    },
  });
  for (const link of reply.content.help_links) {
    expect(link).toEqual({ text: expect.any(String), url: expect.stringMatching(/^https:/) });
  }
});

test("headers: unique ids, one session a process, version 5.5", async () => {
  const first = await kernel.execute("1");
  const second = await kernel.execute("2");
  const all = [...first.iopub, first.reply, ...second.iopub, second.reply];
  expect(new Set(all.map((m) => m.header.msg_id)).size).toBe(all.length);
  expect(new Set(all.map((m) => m.header.session)).size).toBe(1);
  for (const { header } of all) {
    expect(header.version).toBe("5.5");
    expect(Number.isNaN(Date.parse(header.date))).toBe(false);
  }
});

test("execute_reply: ok, with user expressions", async () => {
  const { reply } = await kernel.execute("var a = 20", {
    user_expressions: { twice: "a * 2", wrong: "nope", broken: "a +" },
  });
  const { twice, wrong, broken } = reply.content.user_expressions;
  expect(twice).toMatchObject({ status: "ok", data: { "text/plain": "40" }, metadata: {} });
  expect(wrong).toMatchObject({ status: "error", ename: "ReferenceError" });
  expect(broken).toMatchObject({ status: "error", ename: "SyntaxError" });
});

test("error: ename, evalue and traceback in the output and in the reply", async () => {
  const { reply, iopub } = await kernel.execute("function f() {\n  null.x;\n}\nf()");
  const error = iopub.find((m) => m.type === "error");
  const count = reply.content.execution_count;
  expect(error?.content).toMatchObject({
    ename: "TypeError",
    evalue: "Cannot read properties of null (reading 'x')",
  });
  expect(reply.content).toMatchObject({ status: "error", ...error?.content });
  const traceback = error?.content.traceback.join("\n");
  expect(traceback).toContain(`Cell [${count}]:2:8`);
  expect(traceback).toContain(`Cell [${count}]:4:1`);
  expect(traceback).not.toMatch(/node:internal|dist\/|inspector/);
});

test("a syntax error has its place in the cell, and the colours of other errors", async () => {
  const { reply } = await kernel.execute("const ok = 1;\nlet x = )");
  expect(reply.content.ename).toBe("SyntaxError");
  const count = reply.content.execution_count;
  expect(reply.content.traceback.join("\n")).toContain(`Cell [${count}]:2:9`);
  const thrown = await kernel.execute("throw new SyntaxError('x')");
  const colours = (line: string) => line.replace(/:.*/, "");
  expect(colours(reply.content.traceback[0])).toBe(colours(thrown.reply.content.traceback[0]));
});

test.each([
  ["one that Node has", "crypto"],
  ["one of the user's", "mine"],
])("an error's place in a cell that declares a read-only global: %s", async (_, name) => {
  await kernel.execute(
    "Object.defineProperty(globalThis, 'mine', { get: () => 1, configurable: true });",
  );
  const { reply } = await kernel.execute(`let at = null as any; at.x; const ${name} = [1, 2, 3];`);
  const place = `Cell [${reply.content.execution_count}]:1:26`;
  expect(reply.content.traceback.join("\n")).toContain(place);
});

test("what is run without being stored takes no lines from the cell before it", async () => {
  const { reply } = await kernel.execute("function fails() {\n  throw new Error('x');\n}");
  await kernel.execute("0", { store_history: false });
  const thrown = await kernel.execute("fails()");
  const traceback = stripVTControlCharacters(thrown.reply.content.traceback.join("\n"));
  expect(traceback).toContain("> 2 |   throw new Error(");
  expect(traceback).toContain(`at fails (Cell [${reply.content.execution_count}]:2:9)`);
});

test("an error in an imported file shows the line of that file", async () => {
  writeFileSync(
    join(kernel.folder, "model.ts"),
    "export function fit(rate: number) {\n  throw new RangeError('rate');\n}\n",
  );
  const { reply } = await kernel.execute('import { fit } from "./model.ts";\nfit(2)');
  const traceback = stripVTControlCharacters(reply.content.traceback.join("\n"));
  expect(traceback).toContain("> 2 |   throw new RangeError(");
  expect(traceback).toContain("at fit (model.ts:2:9)");
  expect(traceback).toContain(`at Cell [${reply.content.execution_count}]:2:1`);
});

test("display_data and update_display_data: transient is always an object", async () => {
  const { iopub } = await kernel.execute(
    'display("plain"); const handle = display("one", { id: "d1" }); handle.update("two"); display.clear({ wait: true });',
  );
  const shown = iopub.filter((m) => m.type.includes("display"));
  expect(shown.map((m) => [m.type, m.content.transient])).toEqual([
    ["display_data", expect.any(Object)],
    ["display_data", { display_id: "d1" }],
    ["update_display_data", { display_id: "d1" }],
  ]);
  expect(iopub.find((m) => m.type === "clear_output")?.content).toEqual({ wait: true });
});

test("a chart carries vega-lite, svg and a line of text", async () => {
  const { iopub } = await kernel.execute(
    'vl.bar([{ day: "Mo", clicks: 3 }, { day: "Tu", clicks: 5 }], { x: "day", y: "clicks" })',
  );
  const data = iopub.find((m) => m.type === "execute_result")?.content.data;
  expect(Object.keys(data).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(data["image/svg+xml"]).toMatch(/^<svg.*<\/svg>\s*$/s);
});

test("a chart has a PNG when its metadata asks for one", async () => {
  const { iopub } = await kernel.execute(
    'display(vl.bar([{ day: "Mo", clicks: 3 }], { x: "day", y: "clicks" }), { metadata: { retro: { png: true } } });',
  );
  const { data } = iopub.find((m) => m.type === "display_data")?.content ?? {};
  expect(data["image/svg+xml"]).toContain("<svg");
  expect(data["image/png"]).toMatch(/^iVBORw0KGgo/);
});

test("a message type that is no message is not answered", async () => {
  const id = kernel.send("shell", "constructor", {});
  await kernel.until((m) => isIdle(m, id));
  expect(kernel.received.some((m) => m.channel === "shell" && m.parent.msg_id === id)).toBe(false);
});

test("promises and timers show nothing of the kernel", async () => {
  expect((await kernel.execute("Promise.resolve(3)")).text).toBe("Promise { 3 }");
  const { text } = await kernel.execute("console.log([Promise.resolve(4)]); setTimeout(() => {})");
  expect(text).toContain("[ Promise { 4 } ]\nTimeout {");
  expect(text).not.toContain("kResourceStore");
});

test("is_complete_reply", async () => {
  const status = async (code: string) =>
    (await kernel.request("shell", "is_complete_request", { code })).reply.content;
  expect(await status("1 + 1")).toEqual({ status: "complete" });
  expect(await status("if (true) {")).toEqual({ status: "incomplete", indent: "  " });
  expect(await status("let x = )")).toEqual({ status: "invalid" });
});

test("history_reply: tail, range, search, unique, output", async () => {
  await kernel.execute('"history one"');
  await kernel.execute('"history two"');
  await kernel.execute('"history one"');
  const ask = async (content: object) =>
    (await kernel.request("shell", "history_request", { raw: true, output: false, ...content }))
      .reply.content.history;
  const inputs = (rows: [number, number, string][]) => rows.map((row) => row[2]);
  expect(inputs(await ask({ hist_access_type: "tail", n: 2 }))).toEqual([
    '"history two"',
    '"history one"',
  ]);
  expect(
    inputs(await ask({ hist_access_type: "search", pattern: "*history*", unique: true })),
  ).toEqual(['"history two"', '"history one"']);
  const [[, line]] = await ask({ hist_access_type: "tail", n: 1 });
  const range = { hist_access_type: "range", session: 0, start: line, stop: line + 1 };
  expect(await ask({ ...range, output: true })).toEqual([
    [1, line, ['"history one"', "'history one'"]],
  ]);
});

test("stdin: prompt, confirm, password; stale replies are dropped; never without allow_stdin", async () => {
  const id = kernel.post(
    'const stale = prompt("your name?"); [stale, confirm("sure?"), password("secret?")].join()',
    { allow_stdin: true },
  );
  const asked = (text: string) =>
    kernel.until((m) => m.type === "input_request" && m.content.prompt.startsWith(text));
  const first = await asked("your name?");
  expect(first.content).toEqual({ prompt: "your name?", password: false });
  kernel.send("stdin", "input_reply", { value: "old" }, { parent: { msg_id: "earlier" } });
  kernel.send("stdin", "input_reply", { value: "Ada" }, { parent: first.header });
  kernel.send("stdin", "input_reply", { value: "y" }, { parent: (await asked("sure?")).header });
  const secret = await asked("secret?");
  expect(secret.content.password).toBe(true);
  kernel.send("stdin", "input_reply", { value: "s3" }, { parent: secret.header });
  const { iopub } = await kernel.exchange("shell", id);
  expect(iopub.find((m) => m.type === "execute_result")?.content.data["text/plain"]).toBe(
    "'Ada,true,s3'",
  );
  const refused = await kernel.execute('prompt("x")');
  expect(refused.reply.content.evalue).toContain("takes no input");
});

test("name? answers with a page", async () => {
  await kernel.execute("const price = { floor: 3, cap: 9 }");
  const { reply } = await kernel.execute("price?");
  expect(reply.content.payload).toEqual([
    {
      source: "page",
      data: expect.objectContaining({ "text/plain": expect.stringContaining("floor") }),
      start: 0,
    },
  ]);
});

test("iopub greets a subscriber and a shutdown is answered before the exit", async () => {
  const other = await RawKernel.start();
  const welcome = await other.until((m) => m.type === "iopub_welcome");
  expect(welcome.content).toEqual({ subscription: "" });
  const id = other.send("control", "shutdown_request", { restart: true });
  const reply = await other.until((m) => m.channel === "control" && m.parent.msg_id === id);
  expect(reply.content).toEqual({ status: "ok", restart: true });
  expect(await other.exited()).toBe(0);
  await other.stop();
});

test("a shutdown ends a kernel whose cell spins, and the children it started", async () => {
  const other = await RawKernel.start();
  const cell = other.post(
    'import { spawn } from "node:child_process"; console.log(spawn("sleep", ["60"]).pid); while (true);',
  );
  const printed = await other.until((m) => m.type === "stream" && m.parent.msg_id === cell);
  const child = Number(printed.content.text);
  other.send("control", "shutdown_request", { restart: false });
  await other.exited();
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(child)], { encoding: "utf8" });
  expect(stdout.replace(/^Z.*/, "").trim(), "the child is gone, or waits to be reaped").toBe("");
  await other.stop();
});

test("console prints as Node's own does: single values, formats, groups, tables", async () => {
  const { iopub } = await kernel.execute(
    [
      "console.log('100%'); console.log(-0); console.log(1.5); console.log('%d of %s', 1, 'a');",
      "console.log(); console.log(undefined); console.log({ a: 1 });",
      "console.group('in'); console.log('a\\nb'); console.log(2); console.group(); console.info('deep');",
      "console.groupEnd(); console.groupEnd(); console.groupEnd(); console.debug('out');",
      "console.table([{ a: 1 }]); console.error('e'); console.warn(3);",
    ].join("\n"),
  );
  const printed = (name: string) => textOf(iopub.filter(({ content }) => content.name === name));
  expect(printed("stdout")).toBe(
    [
      ...["100%", "-0", "1.5", "1 of a", "", "undefined", "{ a: 1 }"],
      ...["in", "  a", "  b", "  2", "    deep", "out"],
      ...[
        "┌─────────┬───┐",
        "│ (index) │ a │",
        "├─────────┼───┤",
        "│ 0       │ 1 │",
        "└─────────┴───┘",
      ],
      "",
    ].join("\n"),
  );
  expect(printed("stderr")).toBe("e\n3\n");
});
