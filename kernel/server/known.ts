import type { KnownMagic } from "../language/complete-magic.js";
import type { SnapshotEntry } from "../runtime/snapshot.js";

/** The main thread describes a cell's names within this time, or completion does without. */
const PATIENCE_MS = 100;

/** What completion and inspection know of the user's values and of the names in scope. */
export class Known {
  names: { name: string; doc?: string }[] = [];
  magics: KnownMagic[] = [];
  readonly snapshot = new Map<string, SnapshotEntry>();
  private due: Promise<void> = Promise.resolve();
  private arrived = () => {};

  /** A cell has ended: what it named is being described. */
  expect(): void {
    this.due = new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      this.arrived = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  update(entries: Record<string, SnapshotEntry | null>): void {
    for (const [name, entry] of Object.entries(entries)) {
      if (entry) this.snapshot.set(name, entry);
      else this.snapshot.delete(name);
    }
    this.arrived();
  }

  /** Resolves when the latest cell that ended is known. */
  fresh(): Promise<void> {
    return this.due;
  }
}
