import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** The disk under the files that stand in the place of descriptors 1 and 2. */
export class CapturedDisk {
  full = false;

  /** Looks again: one sentence when the disk has become full. */
  look(): string | undefined {
    const before = this.full;
    try {
      this.full = statfsSync(tmpdir()).bavail === 0;
    } catch {
      return undefined;
    }
    if (before || !this.full) return undefined;
    return `The disk of ${tmpdir()} is full: what child processes and native code print is lost until there is room.\n`;
  }
}
