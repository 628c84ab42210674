import { AsyncLocalStorage } from "node:async_hooks";
import type { CellRun } from "./bridge.js";

/** Thrown into, and reported by, a cell that the user interrupted. */
export class Interrupted extends Error {
  override name = "Interrupted";
  constructor() {
    super("the cell was interrupted; everything it defined so far is kept");
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** A cell on its way through the main thread. */
export class Cell {
  private made: AbortController | undefined;
  /** Displays and renders that must be out before the cell is idle. */
  readonly pending = new Set<Promise<unknown>>();
  /** What is still to be shown when the code has ended. */
  readonly closing: (() => void)[] = [];
  interrupted = false;
  /** Its code was told so by an error, and had its chance to clean up. */
  ended = false;

  /** Made when somebody asks for it. */
  get controller(): AbortController {
    this.made ??= new AbortController();
    return this.made;
  }

  constructor(
    readonly run: CellRun,
    readonly count: number,
    readonly allowStdin: boolean,
  ) {}
}

/** Follows every await, timer and callback back to the cell that started it. */
export const owner = new AsyncLocalStorage<Cell>();

let latest = new Cell(0, 0, false);

/** The cell that the running code belongs to; code of nobody belongs to the latest. */
export function currentCell(): Cell {
  return owner.getStore() ?? latest;
}

export function startCell(cell: Cell): void {
  latest = cell;
}
