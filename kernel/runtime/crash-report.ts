/** The cell that a kernel ran when it was last seen. */
export interface RunningCell {
  /** The execution count. */
  count: number;
  /** The beginning of its source. */
  line: string;
  running: boolean;
  /** Bytes of the process in memory, looked at every second; 0 for a cell that ended sooner. */
  memory: number;
  /** Bytes that V8's heap may have. */
  heapLimit: number;
}

/** All that a dead kernel left. */
export interface CrashEvidence {
  pid: number;
  cell: RunningCell | undefined;
  /** Why it ended, where it knew. */
  cause: string | undefined;
  /** The end of what was written to descriptor 2. */
  lastWords: string;
  at: Date;
  /** What an earlier kernel died of, in words that nobody has read yet. */
  untold: string | undefined;
}

/** What the next kernel says before the outputs of its first cell. */
export function tellCrash(evidence: CrashEvidence): string {
  const { cell, untold, at } = evidence;
  if (!cell && untold) return untold;
  const { what, more } = causeOf(evidence);
  const time = at.toLocaleString("sv");
  const source = cell ? `, \`${cell.line}\`,` : "";
  const detail = more ? ` (${more})` : "";
  return `The last kernel died ${where(cell)}${source} at ${time}: ${what}${detail}. What its cells had defined is gone.\n`;
}

/** What who started the kernel says of its end; `how` is what the system told. */
export function nameCrash(evidence: CrashEvidence, how: string): string {
  const { what, more } = causeOf(evidence, how);
  return `${what} ${where(evidence.cell)}${more ? ` (${more})` : ""}`;
}

function where(cell: RunningCell | undefined): string {
  if (!cell) return "before its first cell";
  return `${cell.running ? "in" : "after"} cell [${cell.count}]`;
}

/** What native code and V8 write when they give up. */
const FATAL =
  /^.*(?:FATAL ERROR|# Fatal|terminate called|[Aa]ssertion .*failed|(?:free|malloc|realloc)\(\): |corrupt|panicked at).*$/gm;

function causeOf({ cell, cause, lastWords, pid }: CrashEvidence, how?: string) {
  if (cause) return { what: cause };
  if (cell && isOutOfMemory(lastWords, pid)) {
    const limit = size(cell.heapLimit);
    const used = [...lastWords.matchAll(/-> [\d.]+ \(([\d.]+)\)/g)].at(-1)?.[1];
    const heap = used ? `heap ${size(Number(used) * 2 ** 20)} of ${limit}` : `heap limit ${limit}`;
    const cure = `NODE_OPTIONS=--max-old-space-size=${twice(cell.heapLimit)}`;
    return { what: "out of memory", more: `${heap}; give Node more with ${cure}` };
  }
  const memory = cell?.memory ? `${size(cell.memory)} in memory` : undefined;
  const fatal = lastWords.match(FATAL)?.at(-1)?.trim();
  const more = [fatal, memory].filter(Boolean).join("; ");
  return { what: how ?? "killed by a signal, or crashed in native code", more };
}

/** Whether this process said so, and not a child of it that wrote to the same descriptor. */
function isOutOfMemory(lastWords: string, pid: number): boolean {
  if (!/(?:FATAL ERROR:|Fatal) .*out of memory/.test(lastWords)) return false;
  const pids = [...lastWords.matchAll(/^\[(\d+):0x/gm)].map(([, digits]) => Number(digits));
  return pids.length === 0 || pids.includes(pid);
}

function size(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** Twice as many megabytes, a round number. */
function twice(bytes: number): number {
  const megabytes = (2 * bytes) / 2 ** 20;
  const step = megabytes > 1024 ? 1024 : 64;
  return Math.round(megabytes / step) * step;
}
