import { escapeHtml } from "../display/html.js";
import type { SnapshotEntry } from "../runtime/snapshot.js";
import type { Explanation } from "./check/hover.js";
import { entryOf, type KnownName } from "./known.js";
import { pathEndingAt } from "./member-path.js";
import { signature } from "./signature.js";
import { isSignificant, nesting, tokens } from "./tokens.js";

/** What is known of the name at a cursor. */
export interface Inspection {
  found: boolean;
  data: Record<string, string>;
}

/**
 * Tells type, signature and value of the name at a cursor, or of the function whose parentheses
 * the cursor is in.
 *
 * @param cursor in UTF-16 units
 * @param detail 1 adds the source of functions and classes
 * @param explanation what types say of it
 */
export function inspect(
  code: string,
  cursor: number,
  detail: number,
  snapshot: ReadonlyMap<string, SnapshotEntry>,
  names: readonly KnownName[],
  explanation?: Explanation,
): Inspection {
  const paths = pathsAt(code, cursor);
  for (const path of paths) {
    const name = path.join(".");
    const entry = entryOf(path, snapshot);
    const doc = names.find((known) => known.name === name)?.doc;
    if (explanation) return { found: true, data: explained(name, explanation, entry, doc, detail) };
    if (entry || doc !== undefined) return { found: true, data: page(name, entry, doc, detail) };
  }
  if (!explanation) return { found: false, data: {} };
  const name = /[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(code.slice(0, cursor))?.[0] ?? "";
  return { found: true, data: explained(name, explanation, undefined, undefined, detail) };
}

/** The declaration, what is written about it, and the value that the name has now. */
function explained(
  name: string,
  { signature, docs, parameter, source }: Explanation,
  entry: SnapshotEntry | undefined,
  doc: string | undefined,
  detail: number,
): Record<string, string> {
  const about = docs === "" ? (doc ?? "") : docs;
  const isCode = entry !== undefined && /^class |function$/.test(entry.type);
  const value = entry && !isCode ? entry.preview : "";
  const written = detail > 0 ? (source ?? entry?.source) : undefined;
  const said = parameter?.docs ? ` — ${parameter.docs}` : "";
  const plain = [signature];
  const markdown = [fenced(signature)];
  if (parameter) {
    plain.push(`Parameter: ${parameter.label}${said}`);
    markdown.push(`**Parameter** \`${parameter.label}\`${said}`);
  }
  if (about !== "") {
    plain.push(about);
    markdown.push(about);
  }
  if (value !== "") {
    plain.push(value.includes("\n") ? `Value:\n${value}` : `Value: ${value}`);
    markdown.push(`**Value** \`${entry?.type}\``, fenced(value));
  }
  if (written !== undefined) {
    plain.push(`Source:\n${written}`);
    markdown.push("**Source**", fenced(written));
  }
  return {
    "text/plain": [name, ...plain].join("\n\n"),
    "text/markdown": [`### \`${name.replaceAll("`", "'")}\``, ...markdown].join("\n\n"),
  };
}

/** The path under the cursor, then those of the calls around it, the innermost first. */
function pathsAt(code: string, cursor: number): string[][] {
  const all = [...tokens(code)].filter(isSignificant);
  const under = all.findIndex(
    ({ type, start, end }) => type === "IdentifierName" && start <= cursor && cursor <= end,
  );
  const paths = under < 0 ? [] : [pathEndingAt(all, under)];
  let depth = 0;
  for (let i = all.findLastIndex(({ end }) => end <= cursor); i >= 0; i--) {
    const token = all[i];
    if (!token) break;
    depth += nesting(token);
    if (depth <= 0) continue;
    depth = 0;
    if (token.value === "(") paths.push(pathEndingAt(all, i - 1));
  }
  return paths.filter((path) => path !== undefined);
}

function page(
  name: string,
  entry: SnapshotEntry | undefined,
  doc: string | undefined,
  detail: number,
): Record<string, string> {
  const call = entry && signature(name.split(".").at(-1) as string, entry);
  const lines: [label: string, text: string, isCode: boolean][] = [];
  if (entry) lines.push(["Type", entry.type, false]);
  if (call !== undefined) lines.push(["Signature", call, true]);
  if (doc !== undefined) lines.push(["About", doc, false]);
  if (entry && call === undefined && entry.preview !== "")
    lines.push(["Value", entry.preview, true]);
  if (entry?.source !== undefined && detail > 0) lines.push(["Source", entry.source, true]);
  const plain = lines.map(([label, text]) =>
    text.includes("\n") ? `${label}:\n${text}` : `${`${label}:`.padEnd(11)}${text}`,
  );
  const markdown = lines.map(([label, text, isCode]) =>
    isCode ? `**${label}**\n\n${fenced(text)}` : `**${label}** ${escapeHtml(text)}`,
  );
  return {
    "text/plain": [name, ...plain].join("\n"),
    "text/markdown": [`### \`${name.replaceAll("`", "'")}\``, ...markdown].join("\n\n"),
  };
}

/** Code between fences that are longer than any in it. */
function fenced(code: string): string {
  const fence = "`".repeat(
    Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `${fence}ts\n${code}\n${fence}`;
}
