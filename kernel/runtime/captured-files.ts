import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Captured {
  /** Descriptors to read from what was written to 1 and 2. */
  readers: { stdout: number; stderr: number };
  /** Writes to what descriptor 2 was before, unless that was a socket. */
  tell: (text: string) => unknown;
}

/**
 * Puts unlinked files in the place of descriptors 1 and 2, so that what child processes and native
 * code write there can be read by the protocol thread; undefined where the system does not allow it.
 * `stderr` names a file that keeps what was written to 2.
 *
 * Must run before any other thread opens files: closing a descriptor and opening a file gives the
 * same number only while nobody else opens one.
 */
export function captureDescriptors(stderr?: string): Captured | undefined {
  let folder: string | undefined;
  try {
    const path = mkdtempSync(join(tmpdir(), "retro-"));
    folder = path;
    const original = reopen(2);
    const files = [join(path, "stdout"), stderr ?? join(path, "stderr")] as const;
    const open = (file: string) => openSync(file, "w+", 0o600);
    const readers = { stdout: open(files[0]), stderr: open(files[1]) };
    for (const [n, file] of files.entries()) {
      closeSync(n + 1);
      const writer = openSync(file, "a");
      if (writer !== n + 1) throw new Error(`descriptor ${n + 1} was taken`);
    }
    return {
      readers,
      tell: (text) => original !== undefined && writeSync(original, text),
    };
  } catch {
    return undefined;
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

function reopen(fd: number): number | undefined {
  try {
    return openSync(`/dev/fd/${fd}`, "a");
  } catch {
    return undefined;
  }
}
