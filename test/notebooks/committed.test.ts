import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { retro } from "../kernel/commands/retro.js";

const folder = join(packageFolder(), "notebooks");

for (const name of readdirSync(folder).filter((file) => file.endsWith(".ipynb"))) {
  test(`${name} runs to its committed outputs`, { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = retro(["test", join(folder, name)], folder);
    expect({ status, stdout, stderr }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^same /),
    });
  });

  test(`${name} holds outputs and no execution times`, () => {
    const { cells } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const code = cells.filter((cell: { cell_type: string }) => cell.cell_type === "code");
    expect(code.filter((cell: { outputs: [] }) => cell.outputs.length > 0).length).toBeGreaterThan(
      0,
    );
    for (const { metadata } of cells) expect(metadata).not.toHaveProperty("execution");
  });
}
