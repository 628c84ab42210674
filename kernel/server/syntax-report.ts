import { bold, dim, red } from "../display/ansi.js";
import { codeFrame } from "../display/code-frame.js";
import type { ErrorReport } from "../runtime/bridge.js";

/** A syntax error as the front end shows it: the message, and its place in what was typed. */
export function syntaxReport(error: Error, source: string, count: number): ErrorReport {
  const { line, column } = error as Error & { line?: number; column?: number };
  const ename = error.name;
  const evalue = error.message;
  const traceback = [`${bold(red(ename))}: ${evalue}`];
  if (line !== undefined && column !== undefined) {
    traceback.push(
      "",
      ...codeFrame(source, line, column),
      "",
      `${dim("    at")} ${bold(`Cell [${count}]:${line}:${column}`)}`,
    );
  }
  return { ename, evalue, traceback };
}
