import { types } from "node:util";
import { builtin } from "./builtin.js";
import type { Rendered } from "./mimebundle.js";
import { sendable } from "./sendable.js";
import { messageOf, plainText } from "./text.js";

/** How values of one kind become mimebundles. */
export interface Formatter {
  /** Names the formatter in errors. */
  name: string;
  /** Cheap, without side effects; never loads a library. */
  match: (value: unknown) => boolean;
  format: (value: never) => Rendered | Promise<Rendered>;
}

const formatters: Formatter[] = [];

/** Puts a formatter before all others; the returned function takes it out again. */
export function registerFormatter(formatter: Formatter): () => void {
  formatters.unshift(formatter);
  return () => {
    const at = formatters.indexOf(formatter);
    if (at >= 0) formatters.splice(at, 1);
  };
}

/**
 * The mimebundle of any value: registered formatters first, the last registered before the others,
 * then the built-in ones, then text.
 *
 * Never throws and never rejects: where a formatter fails, the value is shown as text with a line
 * that names the formatter and the reason.
 */
export function render(value: unknown): Rendered | Promise<Rendered> {
  const own = find(formatters, value);
  const formatter = own ?? find(builtin, value);
  if (formatter === undefined) return { data: { "text/plain": plainText(value) } };
  const checked = (rendered: Rendered) => (own ? sendable(rendered) : rendered);
  const failed = (error: unknown) => {
    const why = `(the formatter "${formatter.name}" failed: ${messageOf(error)})`;
    return { data: { "text/plain": `${plainText(value)}\n${why}` } };
  };
  try {
    const rendered = formatter.format(value as never);
    return types.isPromise(rendered) ? rendered.then(checked).catch(failed) : checked(rendered);
  } catch (error) {
    return failed(error);
  }
}

function find(among: readonly Formatter[], value: unknown): Formatter | undefined {
  return among.find((formatter) => {
    try {
      return formatter.match(value);
    } catch {
      // `match` looks at values of every kind: what it cannot even look at is not its kind.
      return false;
    }
  });
}
