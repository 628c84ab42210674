import { afterEach, describe, expect, test } from "vitest";
import { compilerOf, isRunning } from "../support/compiler-process.js";
import { RawKernel, textOf } from "../support/raw-kernel.js";

const kernels: RawKernel[] = [];
afterEach(async () => {
  for (const kernel of kernels.splice(0)) await kernel.stop();
});

/** A kernel that checks, and has checked its first cell. */
async function start(options: Parameters<typeof RawKernel.start>[0] = {}) {
  const kernel = await RawKernel.start({
    ...options,
    env: { RETRO_CHECK: "strict", ...options.env },
  });
  kernels.push(kernel);
  // On a machine that is busy, the compiler may need longer than a cell waits.
  while ((await kernel.execute("0;")).text.includes("not checked"));
  return kernel;
}

const pidOf = (kernel: RawKernel) => kernel.process.pid as number;

/** The compiler's process once there is one other than `before`. */
async function compiler(kernel: RawKernel, before?: number): Promise<number> {
  await expect.poll(() => compilerOf(pidOf(kernel)) ?? before, { interval: 20 }).not.toBe(before);
  return compilerOf(pidOf(kernel)) as number;
}

const NOT_CHECKED = /^types were not checked: .*; the compiler is started again\n/;
const DEFINED = "interface Row { clicks: number }\nconst rows: Row[] = [{ clicks: 2 }];";
const MISSPELT = "rows[0].click";
const REFUSED =
  /TypeScriptError: TS2551: Property 'click' does not exist on type 'Row'\. Did you mean 'clicks'\?/;

/** All orders of twelve letters. */
const ENDLESS = `type Orders<U, K = U> = [U] extends [never] ? [] : K extends K ? [K, ...Orders<Exclude<U, K>>] : never;
const order: Orders<${[..."abcdefghijkl"].map((letter) => `"${letter}"`).join(" | ")}> = ["a"] as any;`;

describe("a compiler that is lost", () => {
  test("killed while no cell runs: the next one is checked, and knows all names", async () => {
    const kernel = await start();
    await kernel.execute(DEFINED);
    const first = await compiler(kernel);
    process.kill(first, "SIGKILL");
    await expect.poll(() => isRunning(first)).toBe(false);
    // A loss that came with the next cell is told; the cell after it is checked in any case.
    await kernel.execute("1");
    expect((await kernel.execute(MISSPELT)).text).toMatch(REFUSED);
    expect((await kernel.execute("rows[0].clicks")).text).toBe("2");
  });

  test("it hangs: the cell runs in time with a notice, and the next one is checked again", async () => {
    const kernel = await start();
    await kernel.execute(DEFINED);
    const first = await compiler(kernel);
    process.kill(first, "SIGSTOP");
    const before = performance.now();
    const { text } = await kernel.execute("const more = rows.length + 1;\nmore");
    expect(performance.now() - before).toBeLessThan(2_500);
    expect(text).toMatch(NOT_CHECKED);
    expect(text.split("\n")).toEqual([expect.anything(), "2"]);
    expect(await compiler(kernel, first)).not.toBe(first);
    await expect.poll(() => isRunning(first)).toBe(false);
    expect((await kernel.execute(`more;\n${MISSPELT}`)).text).toMatch(REFUSED);
  });

  test("killed while the next cell is checked ahead: that one runs with a notice", async () => {
    const kernel = await start();
    await kernel.execute(DEFINED);
    const first = await compiler(kernel);
    process.kill(first, "SIGSTOP");
    // Not to be checked itself, so that it is the next one that meets the compiler.
    const running = kernel.post("// %check off\nawait new Promise((r) => setTimeout(r, 300));");
    const next = kernel.post("rows.length");
    await kernel.until((m) => m.type === "execute_input" && m.parent.msg_id === running);
    process.kill(first, "SIGKILL");
    const { iopub } = await kernel.exchange("shell", next);
    expect(textOf(iopub)).toMatch(NOT_CHECKED);
    expect((await kernel.execute(MISSPELT)).text).toMatch(REFUSED);
  });

  test("interrupted while a cell is checked: it does not run", async () => {
    const kernel = await start();
    process.kill(await compiler(kernel), "SIGSTOP");
    const cell = kernel.post("console.log('ran')");
    await kernel.until((m) => m.type === "execute_input" && m.parent.msg_id === cell);
    expect((await kernel.interrupt()).reply.content.status).toBe("ok");
    const { iopub, reply } = await kernel.exchange("shell", cell);
    expect(reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    expect(textOf(iopub)).not.toContain("ran");
    expect((await kernel.execute("'runs again'")).text).toContain("runs again");
  });

  test("a type that never ends: the cell runs within 2 s, and later ones are checked", async () => {
    const kernel = await start();
    await kernel.execute(DEFINED);
    const before = performance.now();
    const { text, reply } = await kernel.execute(ENDLESS);
    expect(performance.now() - before).toBeLessThan(2_500);
    expect(reply.content.status).toBe("ok");
    expect(text).toMatch(NOT_CHECKED);
    expect((await kernel.execute("const again: Orders<'a'> = order; again")).text).toBe("[ 'a' ]");
    expect((await kernel.execute(MISSPELT)).text).toMatch(REFUSED);
  });

  test("checking that was off from the start can be turned on; what ran is known", async () => {
    const kernel = await start({ env: { RETRO_CHECK: "off" } });
    await kernel.execute(DEFINED);
    expect((await kernel.execute(`// %check warn\n${MISSPELT}`)).text).toMatch(/TS2551/);
    expect((await kernel.execute(`${MISSPELT};`)).text).toBe("");
  });

  test.each([
    [
      "a cell of 5,000 lines",
      Array.from({ length: 5_000 }, (_, n) => `const n${n}: number = ${n};`),
    ],
    ["a text of 2 MB", [`const n4999 = "${"x".repeat(2 << 20)}".length && 4999`]],
    ["5,000 type errors", Array.from({ length: 5_000 }, (_, n) => `const n${n}: string = ${n};`)],
  ])("%s is answered within 2 s", async (_, lines) => {
    const kernel = await start();
    await kernel.execute(DEFINED);
    const before = performance.now();
    await kernel.execute(lines.join("\n"));
    expect(performance.now() - before).toBeLessThan(2_500);
    expect((await kernel.execute(MISSPELT)).text).toMatch(REFUSED);
  });
});

describe("no compiler outlives its kernel", () => {
  const ends: [string, (kernel: RawKernel) => unknown][] = [
    [
      "that is shut down",
      (kernel) => kernel.send("control", "shutdown_request", { restart: false }),
    ],
    ["that is killed", (kernel) => kernel.process.kill("SIGKILL")],
    ["that ends itself", (kernel) => kernel.post("// %check off\nprocess.reallyExit(3)")],
    [
      "that is shut down while it checks",
      (kernel) => {
        kernel.post(ENDLESS);
        kernel.send("control", "shutdown_request", { restart: false });
      },
    ],
  ];
  test.each(ends)("%s", async (_, end) => {
    const kernel = await start();
    await kernel.execute("1");
    const pid = await compiler(kernel);
    end(kernel);
    await kernel.exited();
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(compilerOf(pidOf(kernel))).toBeUndefined();
  });
});
