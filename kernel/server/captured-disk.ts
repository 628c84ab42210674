import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Between two looks when nothing was printed there. */
const PAUSE_MS = 1_000;

/** The disk under the files that stand in the place of descriptors 1 and 2. */
export class CapturedDisk {
  full = false;
  private readonly folder = tmpdir();
  private looked = Number.NEGATIVE_INFINITY;

  /** Looks again if it is time, or `now`: one sentence when the disk has become full. */
  look(now: boolean): string | undefined {
    const time = performance.now();
    if (!now && time - this.looked < PAUSE_MS) return undefined;
    this.looked = time;
    const before = this.full;
    try {
      this.full = statfsSync(this.folder).bavail === 0;
    } catch {
      return undefined;
    }
    if (before || !this.full) return undefined;
    return `The disk of ${this.folder} is full: what child processes and native code print is lost until there is room.\n`;
  }
}
