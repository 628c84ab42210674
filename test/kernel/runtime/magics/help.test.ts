import { expect, test } from "vitest";
import type { Magic } from "../../../../kernel/extension/index.js";
import { help } from "../../../../kernel/runtime/magics/help.js";
import { notebookSink } from "../../display/notebook-sink.js";

const run = () => {};
const magics: Record<string, Magic> = {
  time: { doc: "Times.", usage: "statement", run },
  check: { doc: "Checks.", usage: "[off | warn]", values: ["off", "warn"], form: "line", run },
  html: { doc: "Shows.", form: "cell", run },
  shell: { doc: "Runs.", usage: "command", form: "line", run },
};
const { sent } = notebookSink();
const told = (argument: string) => {
  sent.length = 0;
  help(() => magics).run(argument);
  return sent[0]?.rendered?.data ?? {};
};

test("tells of all magics as they are typed", () => {
  const { "text/plain": text, "text/markdown": markdown } = told("");
  expect(String(text).split("\n").slice(0, 5)).toEqual([
    "%time statement      Times.",
    "%%time",
    "%check [off | warn]  Checks.",
    "%%html               Shows.",
    "!command             Runs.",
  ]);
  expect(text).toContain("retro.extensions()");
  expect(markdown).toContain("| `%time statement`<br>`%%time` | Times. |\n");
  expect(markdown).toContain("| `%check [off \\| warn]` | Checks. |\n");
});

test.each(["check", "%check", "%%check"])("tells of one: %s", (name) => {
  expect(told(name)["text/plain"]).toBe("%check [off | warn]  Checks.\ntakes off, warn");
});

test("knows ! too, and names the nearest to what it does not know", () => {
  expect(told("!")["text/plain"]).toBe("!command  Runs.");
  expect(() => told("chek")).toThrow(
    '%help: there is no magic chek (did you mean "check"?); known: time, check, html, shell',
  );
});
