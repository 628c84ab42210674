import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPython, Jupyter } from "../support/jupyter.js";

describe.skipIf(!hasPython("jupyter_kernel_test"))("Jupyter's own suite", () => {
  let jupyter: Jupyter;
  beforeAll(() => {
    jupyter = new Jupyter();
  });
  afterAll(() => jupyter?.remove());

  test("jupyter_kernel_test passes whole (needs python3 with jupyter_kernel_test)", () => {
    const suite = jupyter.python([join(import.meta.dirname, "jupyter_kernel_test_retro.py")]);
    expect(suite.stderr).toMatch(/Ran 13 tests/);
    expect(suite.stderr.trimEnd()).toMatch(/OK$/);
  }, 120_000);
});
