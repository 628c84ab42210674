import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPython, Jupyter } from "../support/jupyter.js";

describe.skipIf(!hasPython("nbclient"))(
  "nbclient (needs python3 with nbclient)",
  { timeout: 60_000 },
  () => {
    let jupyter: Jupyter;
    beforeAll(() => {
      jupyter = new Jupyter();
    });
    afterAll(() => jupyter?.remove());

    /** Executes a notebook of these cells; what came of it, and the outputs. */
    function execute(sources: readonly string[], options: object = {}) {
      jupyter.write("a.ipynb", ...sources);
      const script = join(import.meta.dirname, "nbclient_execute.py");
      const result = jupyter.python([
        script,
        "a.ipynb",
        JSON.stringify({ timeout: 60, ...options }),
      ]);
      return { ...result, outputs: jupyter.outputs("a.ipynb") };
    }

    const stdout = (text: string) => ({ output_type: "stream", name: "stdout", text });
    const result = (text: string) => ({
      output_type: "execute_result",
      data: { "text/plain": text },
    });

    test("every cell of fifty has its output", () => {
      const sources = Array.from({ length: 50 }, (_, i) => `console.log("cell ${i}");\n${i} * 2`);
      const { status, stderr, outputs } = execute(sources);
      expect(status, stderr).toBe(0);
      expect(outputs).toMatchObject(
        sources.map((_, i) => [stdout(`cell ${i}\n`), result(String(i * 2))]),
      );
    });

    // What a timer prints after its cell has ended belongs to that cell, and nbclient drops it.
    test("a timer prints into its cell, and a display is updated from a later one", () => {
      const { outputs } = execute([
        'const shown = display("one");\nawait new Promise<void>((go) => setTimeout(() => { console.log("tick"); go(); }));',
        'shown.update("two");\n"done"',
      ]);
      const updated = { output_type: "display_data", data: { "text/plain": "'two'" } };
      expect(outputs).toMatchObject([[updated, stdout("tick\n")], [result("'done'")]]);
    });

    test("an error ends the run and is told as in the cell", () => {
      const cells = ["let a = 1;", 'JSON.parse("null").x', "a = 2"];
      const { status, stdout, stderr, outputs } = execute(cells);
      expect(status).toBe(1);
      expect(stderr).toContain("TypeError: Cannot read properties of null (reading 'x')");
      expect(stripVTControlCharacters(stdout)).toContain('> 1 | JSON.parse("null").x');
      expect(outputs).toMatchObject([[], [{ output_type: "error", ename: "TypeError" }], []]);
    });

    test("allow_errors goes on, with what was defined", () => {
      const { status, outputs } = execute(['let a = 1;\nthrow new Error("x");', "a"], {
        allow_errors: true,
      });
      expect(status).toBe(0);
      expect(outputs).toMatchObject([[{ output_type: "error", evalue: "x" }], [result("1")]]);
    });

    test.each([
      ["a loop", "while (true) turns++;"],
      ["a promise that never settles", "turns++;\nawait new Promise(() => {});"],
    ])("interrupt_on_timeout ends %s, and the state is kept", (_, endless) => {
      const options = { timeout: 1, interrupt_on_timeout: true };
      const { status, stderr, outputs } = execute(
        ["let turns = 0;", `[raises-exception]\n${endless}`, "turns > 0"],
        options,
      );
      expect(status, stderr).toBe(0);
      expect(outputs).toMatchObject([
        [],
        [{ output_type: "error", ename: "Interrupted" }],
        [result("true")],
      ]);
    });
  },
);
