import { SourceMap } from "node:module";

/** Cells and characters that are remembered; the oldest go first. */
const CELLS = 1_000;
const CHARACTERS = 20_000_000;

interface Cell {
  source: string;
  map: string | SourceMap | undefined;
  /** Characters of both as they were added. */
  size: number;
}

/** What was typed in the last cells, and where in it the code that ran comes from. */
export class CellSources {
  private readonly cells = new Map<number, Cell>();
  private characters = 0;

  /** `mapOf` makes the map of a cell that was added without one. */
  constructor(private readonly mapOf: (source: string) => string | undefined = () => undefined) {}

  /** Remembers a cell; `map` is a version 3 source map from what ran to what was typed. */
  add(count: number, source: string, map?: string): void {
    this.forget(count);
    const size = source.length + (map?.length ?? 0);
    this.cells.set(count, { source, map, size });
    this.characters += size;
    for (const oldest of this.cells.keys()) {
      if (this.cells.size <= CELLS && this.characters <= CHARACTERS) break;
      if (oldest !== count) this.forget(oldest);
    }
  }

  source(count: number): string | undefined {
    return this.cells.get(count)?.source;
  }

  /** Where the user typed what ran at a line and column, both from 1; undefined where nobody did. */
  original(
    count: number,
    line: number,
    column: number,
  ): { line: number; column: number } | undefined {
    const cell = this.cells.get(count);
    if (!cell) return { line, column };
    cell.map ??= this.mapOf(cell.source);
    if (typeof cell.map === "string") cell.map = new SourceMap(JSON.parse(cell.map));
    if (!cell.map) return { line, column };
    const entry = cell.map.findEntry(line - 1, column - 1);
    if (!("originalLine" in entry) || entry.generatedLine !== line - 1) return undefined;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }

  private forget(count: number): void {
    const cell = this.cells.get(count);
    if (!cell) return;
    this.cells.delete(count);
    this.characters -= cell.size;
  }
}
