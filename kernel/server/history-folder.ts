import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join, resolve } from "node:path";
import { userFolder } from "../extension/user-folder.js";

/** A cell as history remembers it. */
export interface PastCell {
  line: number;
  input: string;
  output: string | null;
}

const MOST_SESSIONS = 1_000;
const MOST_BYTES = 16_000_000;
const SUFFIX = ".jsonl";
const PRIVATE = { mode: 0o600 };

/**
 * What the kernels of this user ran: a file a session, a line a cell.
 *
 * Each file has one writer, and its name is taken by creating it: kernels that run at once need no
 * lock, a session's number is never given twice, and what is too much is removed a session at a
 * time without touching what another kernel writes.
 */
export class HistoryFolder {
  /** Bytes in this kernel's own file. */
  private size = 0;

  constructor(private readonly path: string) {}

  /** The one that RETRO_HISTORY names, else one of this user; undefined when it says "off". */
  static ofUser(): HistoryFolder | undefined {
    const { RETRO_HISTORY } = process.env;
    if (RETRO_HISTORY === "off") return undefined;
    return new HistoryFolder(
      RETRO_HISTORY ? resolve(RETRO_HISTORY) : join(userFolder("state"), "history"),
    );
  }

  /** The numbers of all sessions, the newest first; none where nothing can be read. */
  async sessions(): Promise<number[]> {
    const names = await readdir(this.path).catch(() => []);
    return names
      .filter((name) => /^[1-9]\d{0,14}\.jsonl$/.test(name))
      .map((name) => Number(name.slice(0, -SUFFIX.length)))
      .sort((a, b) => b - a);
  }

  /** Takes the next number for this kernel, and removes the oldest sessions that are too many. */
  async begin(): Promise<number> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const before = await this.sessions();
    for (let session = (before[0] ?? 0) + 1; ; session++) {
      try {
        await writeFile(this.file(session), "", { ...PRIVATE, flag: "wx" });
        await this.sweep(before);
        return session;
      } catch (error) {
        // Another kernel was quicker.
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  /** Adds cells to this kernel's session; when its file is half of what all may take, `all` stay. */
  async append(session: number, cells: readonly PastCell[], all: readonly PastCell[]) {
    const file = this.file(session);
    // What a full disk cut off ends where the next line begins.
    const text = cells.map((cell) => `\n${JSON.stringify(cell)}`).join("");
    await appendFile(file, text, PRIVATE);
    this.size += Buffer.byteLength(text);
    if (this.size < MOST_BYTES / 2) return;
    const kept = all.map((cell) => `\n${JSON.stringify(cell)}`).join("");
    const draft = `${file}.tmp`;
    try {
      await writeFile(draft, kept, PRIVATE);
      await rename(draft, file);
      this.size = Buffer.byteLength(kept);
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** A session's cells; lines that are damaged are left out. */
  async read(session: number): Promise<PastCell[]> {
    const text = await readFile(this.file(session), "utf8").catch(() => "");
    return text.split("\n").flatMap((line) => pastCell(line) ?? []);
  }

  private async sweep(sessions: readonly number[]): Promise<void> {
    let bytes = 0;
    for (const [at, session] of sessions.entries()) {
      const file = this.file(session);
      bytes += await stat(file).then(
        ({ size }) => size,
        () => 0,
      );
      if (at >= MOST_SESSIONS || bytes > MOST_BYTES)
        await rm(file, { force: true }).catch(() => {});
    }
  }

  private file(session: number): string {
    return join(this.path, `${session}${SUFFIX}`);
  }
}

function pastCell(text: string): PastCell | undefined {
  try {
    const { line, input, output } = JSON.parse(text);
    if (!Number.isInteger(line) || typeof input !== "string") return undefined;
    return { line, input, output: typeof output === "string" ? output : null };
  } catch {
    return undefined;
  }
}
