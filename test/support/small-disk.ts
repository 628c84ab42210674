import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk in memory that is soon full. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "retro-disk-"));
  readonly mounted: boolean;

  constructor(size: string) {
    const words = ["-t", "tmpfs", "-o", `size=${size}`, "none", this.folder];
    this.mounted = spawnSync("mount", words).status === 0;
  }

  /** Takes all the room that is left. */
  fill(): void {
    const file = join(this.folder, "fill");
    spawnSync("sh", ["-c", 'cat /dev/zero > "$0"', file]);
  }

  remove(): void {
    if (this.mounted) spawnSync("umount", ["-l", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether this user may mount one. */
export const canMount = (() => {
  const disk = new SmallDisk("4k");
  disk.remove();
  return disk.mounted;
})();
