import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { modeAtStart, modeOfCell, modeSetBy } from "../../../kernel/server/check-mode.js";

vi.mock("../../../kernel/runtime/language.js", () => {
  const require = createRequire(import.meta.url);
  return { language: () => require("../../../dist/language.cjs") };
});

test.each([
  ["%check off", "off"],
  ["  %check   warn  ", "warn"],
  ["const a = 1\n%check strict\na", "strict"],
  ["%check off\n%check warn", "warn"],
  ["%check", undefined],
  ["%check of", undefined],
  ["const text = `\n%check off\n`", undefined],
  ["/*\n%check off\n*/", undefined],
  ["// %check off", undefined],
  ["%%html\n%check off", undefined],
  ["a\n  %check", undefined],
])("%j sets %s from here on", (source, mode) => {
  expect(modeSetBy(source)).toBe(mode);
});

test.each([
  ["// %check warn\n1", "warn"],
  ["\n  //%check off\n1", "off"],
  ["// %check warning", undefined],
  ["// @ts-nocheck", "off"],
  ["1\n// %check off", undefined],
  ["`// %check off`", undefined],
  ["// as %check off does", undefined],
])("%j sets %s for itself", (source, mode) => {
  expect(modeOfCell(source)).toBe(mode);
});

describe("at the start", () => {
  let folder: string;
  const said: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "retro-mode-"));
    said.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  function notebook(check: unknown): string {
    const file = join(folder, "a.ipynb");
    writeFileSync(file, JSON.stringify({ cells: [], metadata: { retro: { check } } }));
    return file;
  }

  test("strict, unless the environment or else the notebook says otherwise", () => {
    expect(modeAtStart({})).toBe("strict");
    expect(modeAtStart({ RETRO_CHECK: "off" })).toBe("off");
    expect(modeAtStart({ JPY_SESSION_NAME: notebook("warn") })).toBe("warn");
    expect(modeAtStart({ JPY_SESSION_NAME: notebook("warn"), RETRO_CHECK: "off" })).toBe("off");
    expect(modeAtStart({ JPY_SESSION_NAME: join(folder, "none.ipynb") })).toBe("strict");
    expect(modeAtStart({ JPY_SESSION_NAME: "a console" })).toBe("strict");
    expect(said).toEqual([]);
  });

  test("what there is not is told with the nearest, and cells are checked", () => {
    expect(modeAtStart({ RETRO_CHECK: "of" })).toBe("strict");
    expect(modeAtStart({ JPY_SESSION_NAME: notebook(3) })).toBe("strict");
    expect(said).toEqual([
      'retro: RETRO_CHECK is off, warn or strict, not "of" (did you mean "off"?)\n',
      "retro: metadata.retro.check of the notebook is off, warn or strict, not 3\n",
    ]);
  });
});
