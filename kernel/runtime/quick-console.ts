import type { Console } from "node:console";
import type { Writable } from "node:stream";

/**
 * Functions for a console that print single texts and numbers themselves and leave the rest to Node's.
 *
 * Most prints are such, and Node's own functions take twice the time for them. In a group, which
 * indents, all is left to Node.
 */
export function quickConsole(node: Console, stdout: Writable, stderr: Writable): Partial<Console> {
  let groups = 0;
  const isPlain = (value: unknown) =>
    typeof value === "string" || (typeof value === "number" && !Object.is(value, -0));
  const printer = (name: "log" | "error", stream: Writable) => {
    const print = (...values: unknown[]) => {
      if (groups === 0 && values.length === 1 && isPlain(values[0])) stream.write(`${values[0]}\n`);
      else node[name](...values);
    };
    return Object.defineProperty(print, "name", { value: name });
  };
  const group = (...values: unknown[]) => {
    groups++;
    node.group(...values);
  };
  const groupEnd = () => {
    groups = Math.max(0, groups - 1);
    node.groupEnd();
  };
  const [log, error] = [printer("log", stdout), printer("error", stderr)];
  return { log, info: log, debug: log, error, warn: error, group, groupCollapsed: group, groupEnd };
}
