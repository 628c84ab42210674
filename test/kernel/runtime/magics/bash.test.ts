import { afterAll, beforeAll, expect, test } from "vitest";
import { findProgram } from "../../../../kernel/runtime/magics/find-program.js";
import { RawKernel } from "../../../support/raw-kernel.js";

let kernel: RawKernel;
beforeAll(async () => {
  kernel = await RawKernel.start();
});
afterAll(() => kernel.stop());

const run = async (code: string) => (await kernel.execute(code)).text;

test.skipIf(!findProgram("bash"))("a script with arguments (needs bash)", async () => {
  const script = `%%bash one 'two words' $((1 + 2))
for word in "$@"; do echo "[$word]"; done
false
read line || echo "no input"
[[ ab == a* ]] && cat <<END
here
END`;
  expect(await run(script)).toBe("[one]\n[two words]\n[3]\nno input\nhere\n");
});

test.skipIf(!findProgram("bash"))("a script that fails (needs bash)", async () => {
  expect(await run("%%bash\n\necho out\nexit 4")).toBe(
    "out\nCommandError: %%bash ended with exit code 4",
  );
  expect(await run("%%bash a\n\nnosuchcommand")).toMatch(
    /line 2: nosuchcommand: command not found/,
  );
});

test.skipIf(!findProgram("bash"))("a script that is too long (needs bash)", async () => {
  expect(await run(`%%bash\n: ${"x".repeat(3_000_000)}`)).toBe(
    "CommandError: %%bash cannot be started: spawn E2BIG",
  );
});

test("no bash", async () => {
  await run('var path = process.env.PATH; process.env.PATH = "";');
  expect(await run("%%bash\necho 1")).toBe(
    "InputError: %%bash needs the program bash, which is not on the PATH",
  );
  await run("process.env.PATH = path;");
});
