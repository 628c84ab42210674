import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bold, dim } from "./ansi.js";

/** One line of a stack trace. */
export interface StackFrame {
  /** The function, with `async` or `new` before it; "" at the top level. */
  name: string;
  /** `Cell [3]:2:5`, or a file with line and column, below the working directory without it. */
  place: string;
  /** Where in which cell; both count from 1. */
  cell?: { count: number; line: number; column: number };
  /** Where in which file, when it is no package's. */
  file?: { path: string; line: number; column: number };
}

/** The frames that a user can do something about: those of Node itself are left out. */
export function stackFrames(stack: string): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const text of stack.split("\n")) {
    const parts =
      /^\s+at (?:(?<name>.*) \((?<place>.*:\d+:\d+)\)|(?<async>async )?(?<bare>.*:\d+:\d+))$/.exec(
        text,
      )?.groups;
    if (!parts) continue;
    const place = (parts.place ?? parts.bare) as string;
    if (/^node:|^eval at /.test(place)) continue;
    const name = parts.name ?? parts.async?.trim() ?? "";
    const cell = /^Cell \[(\d+)\]:(\d+):(\d+)$/.exec(place)?.slice(1).map(Number);
    if (cell) {
      const [count, line, column] = cell as [number, number, number];
      frames.push({ name, place, cell: { count, line, column } });
    } else {
      frames.push({ name, ...fileOf(place) });
    }
  }
  return frames;
}

/** A frame as a traceback shows it. */
export function stackLine({ name, place }: Pick<StackFrame, "name" | "place">): string {
  // Bold, because JupyterLab draws plain colours too pale for its red background.
  const shown = place.includes("node_modules") ? dim(place) : bold(place);
  if (name === "" || name === "async") return `${dim(`    at ${name}`.trimEnd())} ${shown}`;
  return `${dim("    at ")}${name} (${shown})`;
}

function fileOf(at: string): Pick<StackFrame, "place" | "file"> {
  const [, url, line, column] = /^(.*?):(\d+):(\d+)$/.exec(at) as unknown as string[];
  try {
    const path = url?.startsWith("file:") ? fileURLToPath(url) : (url as string);
    const below = relative(process.cwd(), path);
    const place = `${below.startsWith("..") ? path : below}:${line}:${column}`;
    if (place.includes("node_modules")) return { place };
    return { place, file: { path, line: Number(line), column: Number(column) } };
  } catch {
    return { place: at };
  }
}
