import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Subscriber } from "zeromq";
import { isIdle, RawKernel, type Received, textOf } from "../support/raw-kernel.js";

// One test an edge of the Jupyter messaging protocol, by raw frames.
let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start();
});
afterAll(() => kernel?.stop());

const kinds = (messages: Received[]) =>
  messages.map((m) => (m.type === "status" ? m.content.execution_state : m.type));
const streams = (messages: Received[]) => messages.filter((m) => m.type === "stream");

test("what loads after a cell took a name has the one from before: places in errors, help", async () => {
  const other = await RawKernel.start();
  try {
    await other.execute("class Map {}\nclass WeakMap {}");
    const { reply } = await other.execute("1;\n  null.x");
    expect(reply.content.traceback.join("\n")).toContain("Cell [2]:2:8");
    expect((await other.execute("retro?")).reply.content.status).toBe("ok");
  } finally {
    await other.stop();
  }
});

test("a cell may take the names that the kernel's own code uses", async () => {
  const other = await RawKernel.start();
  try {
    const table = "enum E { A }\n[{ a: E.A }]";
    const shown = (await other.execute(table)).text;
    const taken = ["Map", "Set", "Array", "Object", "String", "Number", "RegExp", "Error"];
    taken.push("performance", "setInterval", "AbortController", "Promise", "Date", "JSON");
    await other.execute(taken.map((name) => `const ${name} = 5;`).join("\n"));
    expect((await other.execute('console.log("in"); [performance, Set]')).text).toBe(
      "in\n[ 5, 5 ]",
    );
    expect((await other.execute(table)).text).toBe(shown);
    expect((await other.execute("null.x")).text).toContain("TypeError: Cannot read properties");
    const id = other.post('console.log("in"); while (true);');
    await other.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await other.interrupt();
    expect((await other.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
  } finally {
    await other.stop();
  }
});

test("edge 1: busy, outputs, idle in that order for every message", async () => {
  const cell = await kernel.execute('console.log("a"); display("b"); "c"');
  expect(kinds(cell.iopub)).toEqual([
    "busy",
    "execute_input",
    "stream",
    "display_data",
    "execute_result",
    "idle",
  ]);
  for (const [channel, type, content] of [
    ["shell", "kernel_info_request", {}],
    ["control", "kernel_info_request", {}],
    ["shell", "complete_request", { code: "Math.ma", cursor_pos: 7 }],
    ["shell", "inspect_request", { code: "Math", cursor_pos: 2, detail_level: 0 }],
    ["shell", "is_complete_request", { code: "1" }],
    ["shell", "history_request", { hist_access_type: "tail", n: 1, output: false, raw: true }],
    ["shell", "comm_info_request", {}],
    ["shell", "connect_request", {}],
    ["control", "usage_request", {}],
    ["shell", "nonsense_request", {}],
  ] as const) {
    const { iopub } = await kernel.request(channel, type, content);
    expect(kinds(iopub), type).toEqual(["busy", "idle"]);
  }
  const id = kernel.send("shell", "unknown_kind", {});
  await kernel.until((m) => isIdle(m, id));
  expect(kinds(kernel.outputsOf(id))).toEqual(["busy", "idle"]);
});

test("edge 2: one execute at a time; all else answers during any cell", async () => {
  await kernel.execute("var apples = [1, 2, 3]");
  const spinning = kernel.post(
    "{ const end = Date.now() + 400; while (Date.now() < end); } 'spun'",
  );
  const next = kernel.post("'next'");
  await kernel.until((m) => m.type === "execute_input" && m.parent.msg_id === spinning);
  const busy = () => kernel.outputsOf(spinning).every((m) => !isIdle(m, spinning));
  const completion = await kernel.request("shell", "complete_request", {
    code: "apples.ma",
    cursor_pos: 9,
  });
  expect(completion.reply.content.matches).toContain("map");
  const inspection = await kernel.request("shell", "inspect_request", {
    code: "apples",
    cursor_pos: 3,
    detail_level: 0,
  });
  expect(inspection.reply.content.found).toBe(true);
  expect((await kernel.request("control", "usage_request", {})).reply.content.pid).toBe(
    kernel.process.pid,
  );
  expect(await kernel.heartbeat("ping")).toBe("ping");
  expect(busy()).toBe(true);
  expect(kernel.outputsOf(next)).toEqual([]);
  await kernel.exchange("shell", spinning);
  expect((await kernel.exchange("shell", next)).iopub.map((m) => m.type)).toContain(
    "execute_result",
  );
});

test("edge 3: an error with stop_on_error aborts queued executes only", async () => {
  const failing = kernel.post("await 1; throw new Error('first')");
  const queued = [kernel.post("1"), kernel.post("2")];
  const info = kernel.send("shell", "kernel_info_request", {});
  await kernel.exchange("shell", failing);
  for (const id of queued) {
    const { reply, iopub } = await kernel.exchange("shell", id);
    expect(reply.content.status).toBe("aborted");
    expect(kinds(iopub)).toEqual(["busy", "idle"]);
  }
  expect((await kernel.exchange("shell", info)).reply.content.status).toBe("ok");
  expect((await kernel.execute("3")).reply.content.status).toBe("ok");
  const lenient = kernel.post("await 1; throw new Error('second')", { stop_on_error: false });
  const after = kernel.post("4");
  await kernel.exchange("shell", lenient);
  expect((await kernel.exchange("shell", after)).reply.content.status).toBe("ok");
});

test("edge 4: silent shows no input and no result, and does not count", async () => {
  const before = (await kernel.execute("1")).reply.content.execution_count;
  const silent = await kernel.execute("var quiet = 5; quiet", { silent: true });
  expect(kinds(silent.iopub)).toEqual(["busy", "idle"]);
  expect(silent.reply.content.execution_count).toBe(before);
  const loud = await kernel.execute("quiet");
  expect(loud.text).toBe("5");
  expect(loud.reply.content.execution_count).toBe(before + 1);
  const unstored = await kernel.execute("6", { store_history: false });
  expect(unstored.reply.content.execution_count).toBe(before + 1);
});

test("edge 5: late output belongs to the cell that started it", async () => {
  const first = await kernel.execute(`
    setTimeout(() => { console.log("late"); display("later"); }, 30);
    Promise.resolve().then(() => console.log("micro"));
    "now"`);
  await kernel.execute('"another"');
  const late = await kernel.until((m) => m.type === "display_data" && m.parent.msg_id === first.id);
  expect(late.content.data["text/plain"]).toContain("later");
  expect(textOf(streams(kernel.outputsOf(first.id)))).toBe("micro\nlate\n");
});

test("edge 6: cursor_pos counts code points", async () => {
  const code = '"😀🎈"; Math.ma';
  const { reply } = await kernel.request("shell", "complete_request", {
    code,
    cursor_pos: [...code].length,
  });
  expect(reply.content.matches).toContain("max");
  expect(reply.content.cursor_start).toBe([...code].length - 2);
  expect(reply.content.cursor_end).toBe([...code].length);
});

describe("edge 7: interrupt keeps the state", () => {
  const cases = {
    "in a sync loop": "while (true) n++",
    "in a loop after an await": "await null; while (true) n++",
    "in a microtask": "await Promise.resolve().then(() => { while (true) n++; })",
    // Interrupted before its timer has begun, the loop would be nobody's.
    "in a timer":
      'await new Promise((r) => setTimeout(() => { console.log("started"); while (true) n++; r(); }, 5))',
    "in a pending await": "n = 1; await new Promise(() => {})",
    "in an endless async loop": "while (true) { n++; await new Promise((r) => setTimeout(r, 1)); }",
    "in microtasks that queue each other":
      "const next = () => { n++; queueMicrotask(next); }; next(); await new Promise(() => {})",
    "in ticks that queue each other":
      "const next = () => { n++; process.nextTick(next); }; next(); await new Promise(() => {})",
    "in a loop of prints": "while (true) console.log(n++)",
    "in a loop of displays": "while (true) display(n++)",
    "in a loop over progress": "for (const _ of progress(Array(1e9))) n++; n = -1",
    "in a loop that catches all":
      "while (true) { try { n++; throw 1; } catch { n++; } finally { n++; } }",
  };
  test.each(Object.entries(cases))("%s", async (_name, code) => {
    await kernel.execute("var n = 0; var kept = { deep: [1, 2, 3] }");
    const id = kernel.post(code.includes("started") ? code : `console.log("started"); ${code}`);
    const queued = kernel.post('"never"');
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    const { reply } = await kernel.interrupt();
    expect(reply.content.status).toBe("ok");
    const cell = await kernel.exchange("shell", id);
    expect(cell.reply.content.status).toBe("error");
    expect(cell.reply.content.ename).toBe("Interrupted");
    expect((await kernel.exchange("shell", queued)).reply.content.status).toBe("aborted");
    const after = await kernel.execute("[n >= 0, kept.deep.length]");
    expect(after.reply.content.status).toBe("ok");
    expect((await kernel.execute("kept.deep.map((x: number) => x * 2).join()")).text).toBe(
      "'2,4,6'",
    );
  });

  test("a promise that nobody can settle is waited for until then, garbage collected or not", async () => {
    const id = kernel.post(`
      const garbage = setInterval(() => Array.from({ length: 3e5 }, (_, i) => ({ i })), 1);
      setTimeout(() => console.log("collected"), 300);
      await new Promise(() => {});`);
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    expect(kernel.outputsOf(id).some((m) => isIdle(m, id))).toBe(false);
    await kernel.interrupt();
    await kernel.exchange("shell", id);
    expect((await kernel.execute("clearInterval(garbage); 'alive'")).text).toBe("'alive'");
  });

  test("twice in a row", async () => {
    const id = kernel.post('console.log("go"); while (true);');
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    const replies = await Promise.all([kernel.interrupt(), kernel.interrupt()]);
    expect(replies.map(({ reply }) => reply.content.status)).toEqual(["ok", "ok"]);
    await kernel.exchange("shell", id);
    expect((await kernel.execute("'alive'")).text).toBe("'alive'");
  });

  test("idle", async () => {
    await kernel.execute("var kept = 1");
    expect((await kernel.interrupt()).reply.content.status).toBe("ok");
    expect((await kernel.execute("kept")).text).toBe("1");
  });

  test("in stdin", async () => {
    const id = kernel.post('var kept = 2; prompt("name?")', { allow_stdin: true });
    await kernel.until((m) => m.type === "input_request" && m.parent.msg_id === id);
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    expect((await kernel.execute("kept")).text).toBe("2");
  });

  test("a cell that was interrupted does not go on in the background", async () => {
    const id = kernel.post(
      'var ticks = 0; console.log("go"); while (true) { await new Promise((r) => setTimeout(r, 1)); ticks++; }',
    );
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await kernel.interrupt();
    await kernel.exchange("shell", id);
    const ticks = (await kernel.execute("ticks")).text;
    await kernel.execute("await new Promise((r) => setTimeout(r, 30))");
    expect((await kernel.execute("ticks")).text).toBe(ticks);
  });

  test("nor does one that catches what stops it", async () => {
    const id = kernel.post(`
      var ticks = 0;
      console.log("go");
      while (true) {
        try { await new Promise((r) => setImmediate(r)); ticks++; } catch {}
      }`);
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await kernel.interrupt();
    await kernel.exchange("shell", id);
    await kernel.execute("await new Promise((r) => setTimeout(r, 10))");
    const ticks = (await kernel.execute("ticks")).text;
    await kernel.execute("await new Promise((r) => setTimeout(r, 20))");
    expect((await kernel.execute("ticks")).text).toBe(ticks);
  });

  test("a module that was interrupted is loaded afresh", async () => {
    const loop = "console.log('in'); while (globalThis.loops ?? true); export const ended = 1;\n";
    writeFileSync(join(kernel.folder, "loop.ts"), loop);
    const id = kernel.post('import { ended } from "./loop.ts"');
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await kernel.interrupt();
    await kernel.exchange("shell", id);
    await kernel.execute("(globalThis as any).loops = false");
    expect((await kernel.execute('import { ended } from "./loop.ts"\nended')).text).toBe("in\n1");
  });

  test("critical(fn) that does not end gets 250 ms, and the next interrupt need not wait", async () => {
    for (const body of ["retro.critical(() => { while (true); })", "while (true);"]) {
      const id = kernel.post(`console.log("in"); ${body}`);
      await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
      const start = performance.now();
      await kernel.interrupt();
      const took = performance.now() - start;
      if (body.includes("critical")) expect(took).toBeGreaterThan(240);
      else expect(took).toBeLessThan(200);
      await kernel.exchange("shell", id);
    }
  });

  test("critical(fn) reaches its end, and retro.signal is aborted", async () => {
    const id = kernel.post(`
      var whole = 0; var parts = 0; var aborted = false;
      retro.signal.addEventListener("abort", () => { aborted = true; });
      console.log("in");
      while (true) retro.critical(() => {
        parts++;
        const end = performance.now() + 20; while (performance.now() < end);
        whole++;
      });`);
    await kernel.until((m) => m.type === "stream" && m.parent.msg_id === id);
    await kernel.interrupt();
    expect((await kernel.exchange("shell", id)).reply.content.ename).toBe("Interrupted");
    expect((await kernel.execute("[parts === whole, aborted].join()")).text).toBe("'true,true'");
  });
});

test("edge 8: an error in a timer and an unhandled rejection are shown in their cell", async () => {
  const cell = await kernel.execute(`
    setTimeout(() => { throw new TypeError("in a timer"); }, 5);
    Promise.reject(new RangeError("nobody caught me"));
    "fine"`);
  await kernel.execute("'a later cell'");
  const mine = (name: string) => (m: Received) =>
    m.type === "error" && m.content.ename === name && m.parent.msg_id === cell.id;
  await kernel.until(mine("TypeError"));
  await kernel.until(mine("RangeError"));
  expect((await kernel.execute("'alive'")).text).toBe("'alive'");
});

test("edge 9: an unknown comm target is closed on iopub", async () => {
  const id = kernel.send("shell", "comm_open", {
    comm_id: "c1",
    target_name: "nowhere",
    data: {},
  });
  const close = await kernel.until((m) => m.type === "comm_close");
  expect(close.content.comm_id).toBe("c1");
  expect(close.parent.msg_id).toBe(id);
});

test("a comm carries messages and buffers both ways", async () => {
  await kernel.execute(`retro.comms.register("echo", (comm) => {
    comm.onMessage = ({ data, buffers }) => comm.send({ got: data.value }, { buffers });
  });`);
  kernel.send("shell", "comm_open", { comm_id: "c2", target_name: "echo", data: {} });
  kernel.send(
    "shell",
    "comm_msg",
    { comm_id: "c2", data: { value: 7 } },
    { buffers: [Buffer.from([1, 2, 255])] },
  );
  const echo = await kernel.until((m) => m.type === "comm_msg" && m.content.comm_id === "c2");
  expect(echo.content.data).toEqual({ got: 7 });
  expect([...(echo.buffers[0] ?? [])]).toEqual([1, 2, 255]);
  const info = await kernel.request("shell", "comm_info_request", { target_name: "echo" });
  expect(info.reply.content.comms).toEqual({ c2: { target_name: "echo" } });
});

test("edge 10: no ANSI codes in text/plain", async () => {
  const { iopub } = await kernel.execute('({ a: [1, "x", null], f() {}, d: new Date(0) })');
  const result = iopub.find((m) => m.type === "execute_result");
  expect(result?.content.data["text/plain"]).not.toContain("\u001b");
});

test("edge 11: what a cell defined before it threw stays defined", async () => {
  const { reply } = await kernel.execute(
    "const early = 11; function alsoEarly() { return 12; } class C {} throw new Error('then')",
  );
  expect(reply.content.status).toBe("error");
  expect((await kernel.execute("[early, alsoEarly(), typeof C].join()")).text).toBe(
    "'11,12,function'",
  );
});

test("edge 12: 100,000 printed lines arrive complete, in order, in few messages", async () => {
  const { iopub } = await kernel.execute("for (let i = 0; i < 100_000; i++) console.log(i)");
  const printed = streams(iopub);
  expect(textOf(printed)).toBe(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
  expect(printed.length).toBeLessThan(100);
});

test("edge 13: child processes and native writes to descriptors 1 and 2 are captured, in order", async () => {
  const { iopub } = await kernel.execute(`
    import { execSync, spawn } from "node:child_process";
    import { writeSync } from "node:fs";
    console.log("before");
    execSync("echo out; echo err >&2", { stdio: "inherit" });
    console.log("after");
    writeSync(1, "native\\n");
    await new Promise((done) => spawn("echo", ["spawned"], { stdio: "inherit" }).on("close", done));`);
  const of = (name: string) => textOf(streams(iopub).filter((m) => m.content.name === name));
  expect(of("stdout")).toBe("before\nout\nafter\nnative\nspawned\n");
  expect(of("stderr")).toBe("err\n");
});

test("edge 13: what a child process wrote in bulk stands before what is printed after it", async () => {
  const { iopub } = await kernel.execute(`
    import { spawnSync } from "node:child_process";
    spawnSync("seq", ["1", "200000"], { stdio: "inherit" });
    console.log("done");`);
  const numbers = Array.from({ length: 200_000 }, (_, i) => `${i + 1}\n`).join("");
  expect(textOf(streams(iopub)) === `${numbers}done\n`).toBe(true);
});

test("bytes written to process.stdout may end within a letter, and its end is not the end", async () => {
  const { text } = await kernel.execute(`
    for (const byte of Buffer.from("€ë\\n")) process.stdout.write(Uint8Array.of(byte));
    process.stdout.end("last\\n");
    console.log("more")`);
  expect(text).toBe("€ë\nlast\nmore\n");
});

describe("edge 14: the kernel outlives its clients", () => {
  test("a client vanishes while its cell runs, and another finds the state", async () => {
    const gone = await kernel.another();
    gone.post("await new Promise((r) => setTimeout(r, 50)); var afterlife = 42");
    await gone.until((m) => m.type === "execute_input");
    gone.disconnect();
    expect((await kernel.execute("afterlife")).text).toBe("42");
  });

  test("a slow reader makes the cell wait and gets everything; interrupt works meanwhile", async () => {
    const slow = new Subscriber({ linger: 0, receiveHighWaterMark: 1, receiveBufferSize: 4096 });
    slow.connect(kernel.address("iopub"));
    slow.subscribe();
    await slow.receive(); // the welcome
    const id = kernel.post(
      "for (let shown = 0; shown < 3_000; shown++) display(shown + ':' + 'x'.repeat(10_000))",
    );
    expect(await kernel.within(500, (m) => isIdle(m, id))).toBe(undefined);
    const seen: number[] = [];
    while (seen.length < 3_000) {
      const frames = await slow.receive();
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      const content = JSON.parse(String(frames[at + 5]));
      if (content.data) seen.push(Number.parseInt(content.data["text/plain"].slice(1), 10));
    }
    expect(seen).toEqual(Array.from({ length: 3_000 }, (_, i) => i));
    await kernel.exchange("shell", id);
    const endless = kernel.post("while (true) display('y'.repeat(10_000))");
    await kernel.within(300, (m) => isIdle(m, endless));
    const interrupt = kernel.send("control", "interrupt_request", {});
    const reply = await kernel.until(
      (m) => m.channel === "control" && m.parent.msg_id === interrupt,
    );
    expect(reply.content.status).toBe("ok");
    slow.close();
    expect((await kernel.exchange("shell", endless)).reply.content.ename).toBe("Interrupted");
  });

  test("rubbish and forged messages are dropped in silence", async () => {
    const before = kernel.received.length;
    const forged = kernel.frames("execute_request", { code: "var forged = 1" }, { key: "wrong" });
    kernel.sendRaw("shell", forged.frames);
    kernel.sendRaw("control", forged.frames);
    for (const frames of [
      ["rubbish"],
      ["<IDS|MSG>"],
      ["<IDS|MSG>", "", "{}", "{}", "{}"],
      ["<IDS|MSG>", "00", "{", "[]", "null", "1"],
      ["", "", ""],
    ]) {
      kernel.sendRaw("shell", frames);
      kernel.sendRaw("stdin", frames);
    }
    const { text } = await kernel.execute("typeof forged");
    expect(text).toBe("'undefined'");
    expect(kernel.received.slice(before).some((m) => m.parent.msg_id === forged.id)).toBe(false);
  });

  test("a request with wrong content is answered with an error", async () => {
    for (const content of [{}, { code: 5 }, { code: "1", silent: "yes" }]) {
      const { reply } = await kernel.request("shell", "execute_request", content);
      expect(reply.content.status).toBe("error");
      expect(reply.content.execution_count).toEqual(expect.any(Number));
    }
    const { reply } = await kernel.request("shell", "complete_request", {
      code: "x",
      cursor_pos: -1,
    });
    expect(reply.content.evalue).toContain("cursor_pos is -1");
  });

  test("what extensions bring is completed once a cell touched it", async () => {
    await kernel.execute("vl; retro.models.analytics.funnel;");
    for (const code of ["vl.ba", "retro.models.analytics.funn"]) {
      const asked = { code, cursor_pos: code.length };
      const { reply } = await kernel.request("shell", "complete_request", asked);
      expect(reply.content.matches, code).toHaveLength(1);
    }
  });

  test("debug and subshells are refused, not ignored", async () => {
    for (const type of ["debug_request", "create_subshell_request", "list_subshell_request"]) {
      const { reply } = await kernel.request("control", type, {});
      expect(reply.type).toBe(type.replace("request", "reply"));
      expect(reply.content.status).toBe("error");
    }
  });
});
