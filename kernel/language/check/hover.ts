import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type {
  LocationLink,
  MarkupContent,
  SignatureInformation,
} from "vscode-languageserver-types";
import type { Checker } from "./checker.js";
import { readable } from "./readable.js";

/** What TypeScript knows of the name at a cursor, or of the call around it. */
export interface Explanation {
  /** As it would be declared: `function add(a: number): number`. */
  signature: string;
  /** Its documentation as Markdown, "" without one. */
  docs: string;
  /** The parameter that the cursor is at, and what is said of it. */
  parameter?: { label: string; docs: string };
  /** What was written where it is declared; only when asked for. */
  source?: string;
}

/** Of a declaration that is shown. */
const MOST_SOURCE = 10_000;

/**
 * Explains the name under a cursor, else the call that the cursor is inside of.
 *
 * @throws CompilerLost
 */
export async function explain(
  checker: Checker,
  text: string,
  cursor: number,
  withSource: boolean,
): Promise<Explanation | undefined> {
  const { compiler, path, position } = checker.edit(text);
  const place = position(cursor);
  const hover = await compiler.hover(path, place);
  const explained = hover && read((hover.contents as MarkupContent).value);
  if (explained) {
    if (!withSource) return explained;
    const source = await sourceOf(checker, await compiler.definitions(path, place));
    return source === undefined ? explained : { ...explained, source };
  }
  const type = typeAt(text, cursor);
  if (type !== undefined) {
    // The name of a type alone means nothing where a value should be.
    const { path, position } = checker.edit(`let _: ${type};`);
    const hover = await compiler.hover(path, position(7));
    if (hover) return read((hover.contents as MarkupContent).value);
  }
  const help = await compiler.signatures(path, place);
  const signature = help?.signatures[help.activeSignature ?? 0];
  if (!help || !signature) return undefined;
  return fromSignature(signature, signature.activeParameter ?? help.activeParameter ?? 0);
}

/** The name under the cursor, when it begins a path. */
function typeAt(text: string, cursor: number): string | undefined {
  const before =
    /(?<!\.)[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(text.slice(0, cursor))?.[0] ?? "";
  const after = /^[\p{ID_Continue}$]*/u.exec(text.slice(cursor))?.[0] ?? "";
  return before === "" ? undefined : before + after;
}

function read(markdown: string): Explanation | undefined {
  const [, code = "", docs = ""] = /^```\w*\n([\s\S]*?)\n```\n?([\s\S]*)$/.exec(markdown) ?? [];
  if (code === "" || /^any\b|\/\*unresolved\*\//.test(code)) return undefined;
  const [signature = ""] = code.split("\nimport ");
  return { signature: readable(signature), docs: tidy(docs) };
}

function fromSignature(
  { label, documentation, parameters = [] }: SignatureInformation,
  active: number | null,
): Explanation {
  const parameter = active === null ? undefined : parameters[active];
  const docs = tidy(markdownOf(documentation));
  const signature = `function ${readable(label)}`;
  if (!parameter || typeof parameter.label !== "string") return { signature, docs };
  const said = { label: readable(parameter.label), docs: markdownOf(parameter.documentation) };
  return { signature, docs, parameter: said };
}

function markdownOf(text: string | MarkupContent | undefined): string {
  return typeof text === "string" ? text : (text?.value ?? "");
}

/** Examples are TypeScript, and each tag begins a paragraph. */
function tidy(docs: string): string {
  return docs
    .trim()
    .replaceAll("```tsx", "```ts")
    .replace(/\[([^\]]*)\]\(file:[^)]*\)/g, "`$1`")
    .replace(/\*@(\w+)\*/g, "**@$1**");
}

async function sourceOf(
  checker: Checker,
  links: readonly LocationLink[],
): Promise<string | undefined> {
  const [link] = links;
  if (!link) return undefined;
  const { targetUri, targetRange } = link;
  const file = fileURLToPath(targetUri);
  const text = checker.textOf(file) ?? attempt(() => readFileSync(file, "utf8"));
  if (text === undefined) return undefined;
  const lines = text.split("\n").slice(targetRange.start.line, targetRange.end.line + 1);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? "").slice(0, targetRange.end.character);
  lines[0] = (lines[0] ?? "").slice(targetRange.start.character);
  return lines.join("\n").slice(0, MOST_SOURCE);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
