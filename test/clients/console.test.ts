import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasPython, Jupyter } from "../support/jupyter.js";

const needed = hasPython("jupyter_console", "pexpect");
let jupyter: Jupyter;
beforeAll(() => {
  if (needed) jupyter = new Jupyter();
});
afterAll(() => jupyter?.remove());

test.skipIf(!needed)(
  "jupyter console: continued lines, completion, errors, Ctrl-C, input, Ctrl-D, history of the last kernel (needs python3 with jupyter_console)",
  { timeout: 60_000 },
  () => {
    const { status, stderr } = jupyter.python([join(import.meta.dirname, "console_session.py")]);
    expect(status, stderr).toBe(0);
  },
);
