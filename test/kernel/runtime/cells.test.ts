import MagicString from "magic-string";
import { expect, test } from "vitest";
import { CellSources } from "../../../kernel/runtime/cells.js";

test("remembers what was typed", () => {
  const cells = new CellSources();
  cells.add(3, "a");
  cells.add(3, "b");
  expect(cells.source(3)).toBe("b");
  expect(cells.source(4)).toBeUndefined();
});

test("maps what ran to what was typed, counting from 1", () => {
  const source = "const a = 1;\n  boom();";
  const edited = new MagicString(source).prepend("var x;\n").overwrite(0, 5, "var");
  const cells = new CellSources();
  cells.add(1, source, edited.generateMap({ hires: true }).toString());
  const code = edited.toString().split("\n");
  const line = code.findIndex((text) => text.includes("boom")) + 1;
  expect(line).toBe(3);
  expect(cells.original(1, line, (code[line - 1] as string).indexOf("boom") + 1)).toEqual({
    line: 2,
    column: 3,
  });
});

test("positions agree where there is no map or no such cell; where nobody typed there is none", () => {
  const cells = new CellSources();
  cells.add(1, "a");
  cells.add(2, "a", JSON.stringify({ version: 3, sources: ["x"], names: [], mappings: "AAAA" }));
  for (const count of [1, 9]) {
    expect(cells.original(count, 5, 7)).toEqual({ line: 5, column: 7 });
  }
  expect(cells.original(2, 5, 7)).toBeUndefined();
  expect(cells.original(2, 1, 1)).toEqual({ line: 1, column: 1 });
});

test("the last 1,000 cells", () => {
  const cells = new CellSources();
  for (let i = 1; i <= 1_001; i++) cells.add(i, `${i}`);
  expect(cells.source(1)).toBeUndefined();
  expect(cells.source(2)).toBe("2");
  expect(cells.source(1_001)).toBe("1001");
});

test("20 million characters, maps included; the latest cell whatever its size", () => {
  const cells = new CellSources();
  cells.add(1, "x".repeat(9_000_000), " ".repeat(9_000_000));
  cells.add(2, "y".repeat(1_000_000));
  expect(cells.source(1)).toBeDefined();
  cells.add(3, "z".repeat(2_000_000));
  expect(cells.source(1)).toBeUndefined();
  expect(cells.source(2)).toBeDefined();
  cells.add(4, "w".repeat(30_000_000));
  expect(cells.source(3)).toBeUndefined();
  expect(cells.source(4)?.length).toBe(30_000_000);
});

test("a map that was looked into counts no longer than its cell is there", () => {
  const cells = new CellSources();
  const map = { version: 3, sources: ["x".repeat(9_000_000)], names: [], mappings: "AAAA" };
  for (let i = 0; i < 3; i++) {
    cells.add(1, "a", JSON.stringify(map));
    cells.original(1, 1, 1);
  }
  cells.add(2, "b");
  cells.add(3, "c");
  expect(cells.source(2)).toBe("b");
});
