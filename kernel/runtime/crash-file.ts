import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { CrashEvidence, RunningCell } from "./crash-report.js";

/** Two lines of this length are written again and again in their places: the cell, and the cause. */
const LINE = 1024;
/** So much of what was written to descriptor 2 is looked at. */
const LAST_WORDS = 16_384;

/**
 * What a kernel leaves to the next one on the same connection file, or to who started it.
 *
 * A process that is killed writes nothing any more, so it writes while it lives; an orderly end
 * removes the file.
 */
export interface CrashFile {
  path: string;
  fd: number;
  /** The file in the place of descriptor 2: V8 and native code say there what they die of. */
  stderr: string;
  /** Where the line of the cell starts; that of the cause follows. */
  offset: number;
}

interface Head {
  connection: string;
  pid: number;
  /** What an earlier kernel died of, in words that nobody has read yet. */
  untold?: string | undefined;
}

/** Opens the file anew; undefined where none can be had, and then nobody will be told. */
export function openCrashFile(
  connectionFile: string,
  untold: string | undefined,
): CrashFile | undefined {
  let path = "";
  try {
    path = pathOf(connectionFile);
    remove(path);
    const fd = openSync(path, "wx", 0o600);
    const head: Head = { connection: resolve(connectionFile), pid: process.pid, untold };
    const offset = writeSync(fd, `${JSON.stringify(head)}\n`);
    writeSync(fd, `${" ".repeat(LINE - 1)}\n`.repeat(2));
    return { path, fd, stderr: stderrOf(path), offset };
  } catch {
    if (path) remove(path);
    return undefined;
  }
}

/** Writes down the cell that runs, or ran last. */
export function writeCell({ fd, offset }: CrashFile, cell: RunningCell): void {
  writeLine(fd, offset, cell);
}

/** Writes down why the process is about to end. */
export function writeCause({ fd, offset }: CrashFile, cause: string): void {
  writeLine(fd, offset + LINE, cause.slice(0, LINE / 6));
}

export function removeCrashFile({ path }: CrashFile): void {
  remove(path);
}

/** What the kernel of that connection file left when it died, or never told; then it is removed. */
export function takeCrashEvidence(connectionFile: string): CrashEvidence | undefined {
  try {
    const path = pathOf(connectionFile);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtime;
    if (!changed) return undefined;
    const [head = "", cell, cause] = readFileSync(path, "utf8").split("\n");
    const lastWords = endOf(stderrOf(path));
    remove(path);
    const { connection, pid, untold } = JSON.parse(head) as Head;
    if (connection !== resolve(connectionFile)) return undefined;
    return {
      pid,
      untold,
      cell: cell?.trim() ? JSON.parse(cell) : undefined,
      cause: cause?.trim() ? JSON.parse(cause) : undefined,
      lastWords,
      at: changed,
    };
  } catch {
    return undefined;
  }
}

/** Removes what nobody will ask for any more: files whose connection file is gone. */
export function sweepCrashFiles(): void {
  try {
    const folder = privateFolder();
    for (const name of readdirSync(folder).filter((name) => name.endsWith(SUFFIX))) {
      const path = join(folder, name);
      if (isForNobody(path)) remove(path);
    }
  } catch {
    // Another kernel sweeps too.
  }
}

function isForNobody(path: string): boolean {
  const [head = ""] = readFileSync(path, "utf8").split("\n", 1);
  try {
    return !existsSync((JSON.parse(head) as Head).connection);
  } catch {
    // Its kernel has not written it yet.
    return false;
  }
}

const SUFFIX = ".crash";
const LONGEST_NAME = 200;

/** Jupyter starts a kernel again with the same connection file, though perhaps on other ports. */
function pathOf(connectionFile: string): string {
  const name = resolve(connectionFile)
    .replaceAll(/[^\w.-]/g, "_")
    .slice(-LONGEST_NAME);
  return join(privateFolder(), `${name}${SUFFIX}`);
}

function stderrOf(path: string): string {
  return `${path.slice(0, -SUFFIX.length)}.stderr`;
}

function endOf(file: string): string {
  if (!existsSync(file)) return "";
  const fd = openSync(file, "r");
  const end = Buffer.alloc(LAST_WORDS);
  const n = readSync(fd, end, 0, LAST_WORDS, Math.max(0, fstatSync(fd).size - LAST_WORDS));
  closeSync(fd);
  return end.toString("utf8", 0, n);
}

function remove(path: string): void {
  rmSync(path, { force: true });
  rmSync(stderrOf(path), { force: true });
}

/** A folder of this user alone: what a cell says, or prints, is nobody else's business. */
function privateFolder(): string {
  const folder = join(tmpdir(), `retro-${process.getuid?.() ?? userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (process.getuid && (uid !== process.getuid() || (mode & 0o77) !== 0)) {
    throw new Error(`${folder} is open to others`);
  }
  return folder;
}

const line = Buffer.alloc(LINE - 1);

function writeLine(fd: number, offset: number, value: unknown): void {
  try {
    line.fill(" ", line.write(JSON.stringify(value)));
    writeSync(fd, line, 0, line.length, offset);
  } catch {
    // A full disk is no reason to stop a cell.
  }
}
