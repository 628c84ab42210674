import { createRequire } from "node:module";
import { beforeEach, expect, test, vi } from "vitest";
import type { CheckedText, Verdict } from "../../../kernel/language/check/index.js";
import { TypeCheck } from "../../../kernel/server/type-check.js";

/** A checker that does what a test says. */
class Scripted {
  isRunning = false;
  starts = 0;
  /** What checking comes to, one after the other; undefined for a cell without fault. */
  static script: (Error | undefined)[] = [];
  static all: Scripted[] = [];
  /** What the cells that ran declare. */
  committed: string[] = [];

  constructor() {
    Scripted.all.push(this);
  }
  async warmUp() {
    this.starts++;
    this.isRunning = true;
  }
  async check(cell: CheckedText): Promise<Verdict> {
    this.isRunning = true;
    const error = Scripted.script.shift();
    if (!error) return { problems: [], prelude: "", cell, module: 1 };
    this.isRunning = error.message.startsWith("slow");
    throw error;
  }
  isFresh() {
    return true;
  }
  complaints() {
    return [];
  }
  unread({ declared }: CheckedText) {
    return { text: `unread ${declared}`, declared };
  }
  commit({ text }: CheckedText) {
    this.committed.push(text);
  }
  offer() {}
  stop() {
    this.isRunning = false;
  }
}

vi.mock("../../../kernel/runtime/language.js", () => {
  const require = createRequire(import.meta.url);
  return {
    language: () => require("../../../dist/language.cjs"),
    checker: () => ({ Checker: Scripted }),
  };
});

beforeEach(() => {
  Scripted.script = [];
  Scripted.all = [];
});

const lost = () => new Error("the compiler ended with SIGKILL\nand more");
const AGAIN =
  "types were not checked: the compiler ended with SIGKILL; the compiler is started again\n";
const GIVEN_UP =
  "types were not checked: the compiler ended with SIGKILL; no cell is checked from here on, until %check strict\n";

/** What the users of cells are told, one after the other. */
async function told(types: TypeCheck, ...sources: string[]): Promise<(string | undefined)[]> {
  const notices: (string | undefined)[] = [];
  for (const [n, source] of sources.entries()) {
    const { notice } = await types.before(source, [`x${n}`], n + 1, false);
    notices.push(notice || undefined);
    // What is started behind a cell is started in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return notices;
}

test("a compiler that is lost is started again behind the cell", async () => {
  const types = new TypeCheck(".", "strict");
  Scripted.script = [lost(), undefined];
  expect(await told(types, "a", "b")).toEqual([AGAIN, undefined]);
  expect(Scripted.all.map(({ starts }) => starts)).toEqual([1]);
});

test("after three losses with no answer between, checking is given up in one sentence", async () => {
  const types = new TypeCheck(".", "strict");
  Scripted.script = [lost(), lost(), undefined, lost(), lost(), lost(), undefined];
  expect(await told(types, "a", "b", "c", "d", "e", "f", "g", "h")).toEqual([
    AGAIN,
    AGAIN,
    undefined,
    AGAIN,
    AGAIN,
    GIVEN_UP,
    undefined,
    undefined,
  ]);
  expect(await told(types, "%check strict", "i")).toEqual([undefined, undefined]);
  Scripted.script = [lost()];
  expect(await told(types, "j")).toEqual([AGAIN]);
});

test("a system without a compiler: one notice, with the first cell", async () => {
  class Missing extends Scripted {
    override warmUp(): Promise<void> {
      return Promise.reject(lost());
    }
  }
  const types = new TypeCheck(".", "strict");
  vi.spyOn(types, "checker", "get").mockReturnValue(new Missing() as never);
  types.warmUp();
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect((await types.before("quiet", [], 1, true)).notice).toBeUndefined();
  expect(await told(types, "a", "b")).toEqual([GIVEN_UP, undefined]);
});

test("one that is slow is not lost", async () => {
  const types = new TypeCheck(".", "strict");
  Scripted.script = Array.from({ length: 5 }, () => new Error("slow to read"));
  const notices = await told(types, "a", "b", "c", "d", "e");
  expect(new Set(notices)).toEqual(new Set(["types were not checked: slow to read\n"]));
});

test("what a cell declares that could not be checked is anything", async () => {
  const types = new TypeCheck(".", "strict");
  Scripted.script = [lost()];
  await types.before("type Endless = 1; const x = 1", ["x"], 1, false);
  expect(Scripted.all[0]?.committed).toEqual(["unread x"]);
});

test("what ran while checking was off is known when it is on", async () => {
  const types = new TypeCheck(".", "off");
  types.ran("const a = 1", ["a"], 1);
  expect(Scripted.all).toEqual([]);
  await types.before("%check strict", [], 2, false);
  expect(Scripted.all[0]?.committed).toEqual(["const a = 1", expect.not.stringContaining("%")]);
});

test("the last cell of a kernel that ends starts no compiler", async () => {
  const types = new TypeCheck(".", "strict");
  Scripted.script = [lost()];
  const cell = types.before("a", [], 1, false);
  types.stop();
  await cell;
  await told(types, "b");
  expect(Scripted.all.map(({ isRunning, starts }) => [isRunning, starts])).toEqual([[false, 0]]);
});
