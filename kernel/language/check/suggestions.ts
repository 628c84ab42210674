import { builtinModules } from "node:module";
import { type CompletionItem, CompletionItemKind as Kind } from "vscode-languageserver-types";
import { matching } from "../matching.js";
import { isOpen } from "../member-path.js";
import { isSignificant, tokens } from "../tokens.js";
import type { Checker } from "./checker.js";
import { readable } from "./readable.js";

/** What TypeScript would put at a cursor. */
export interface Suggestion {
  text: string;
  /** The word that front ends choose an icon by. */
  type: string;
  signature?: string;
}

/** Suggestions, best first, each in the place of the text from `start` to `end` (UTF-16 units). */
export interface Suggestions {
  start: number;
  end: number;
  /** Names that are in scope anyway, and not members of something. */
  anyName: boolean;
  found: Suggestion[];
}

/** Of so many the signatures are asked for, within so many milliseconds. */
const SIGNED = 16;
const SIGNED_MS = 60;

const ICONS: Partial<Record<Kind, string>> = {
  [Kind.Method]: "function",
  [Kind.Function]: "function",
  [Kind.Constructor]: "class",
  [Kind.Class]: "class",
  [Kind.Interface]: "interface",
  [Kind.TypeParameter]: "type",
  [Kind.Enum]: "enum",
  [Kind.EnumMember]: "property",
  [Kind.Field]: "property",
  [Kind.Property]: "property",
  [Kind.Module]: "module",
  [Kind.Keyword]: "keyword",
  [Kind.Folder]: "path",
  [Kind.File]: "path",
  [Kind.Text]: "text",
};

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** What every function has comes after what this one has. */
const OF_FUNCTIONS = new Set(
  "apply arguments bind call caller length name prototype toString".split(" "),
);
const OWN = /^(?:__retro__|\.retro-.*|node_modules)$/;

/**
 * Completes a name, a member, a key, an option or an import by its types.
 *
 * @throws CompilerLost
 */
export async function suggestions(
  checker: Checker,
  text: string,
  cursor: number,
): Promise<Suggestions | undefined> {
  const before = text.slice(0, cursor);
  const at = placeOf(before);
  if (!at) return undefined;
  const { start, isWord, isMember } = at;
  const prefix = text.slice(start, cursor);
  const rest = (isWord ? /^[\p{ID_Continue}$]*/u : /^[^"'`\r\n]*(?=["'`])/).exec(
    text.slice(cursor),
  );
  const end = cursor + (prefix === "" && isWord ? 0 : (rest?.[0].length ?? 0));
  const { compiler, path, position } = checker.edit(text, isWord && !isMember ? prefix : "");
  const items = await compiler.completions(path, position(cursor));
  const imported = /\b(?:from|import|require)\s*\(?\s*["']$/.test(before.slice(0, start));
  const all = new Map(
    [...items, ...(imported ? importable(checker) : [])].map((i) => [textOf(i), i]),
  );
  const wanted = matching([...all.values()], prefix, textOf).filter(
    (item) => !OWN.test(item.label) && (!isMember || NAME.test(textOf(item))),
  );
  const rank = ({ label, sortText = "" }: CompletionItem) =>
    isMember && OF_FUNCTIONS.has(label) ? "99" : sortText;
  wanted.sort((a, b) => compare(rank(a), rank(b)) || compare(a.label, b.label));
  const signatures = await signaturesOf(wanted.slice(0, SIGNED), (item) => compiler.resolve(item));
  return {
    start,
    end,
    anyName: items.some(({ label }) => label === "globalThis"),
    found: wanted.map((item, n) => {
      const signature = signatures[n];
      return {
        text: textOf(item),
        type: ICONS[item.kind ?? Kind.Text] ?? "instance",
        ...(signature === undefined ? {} : { signature }),
      };
    }),
  };
}

/** Where the text begins that a completion replaces; undefined in comments, templates and numbers. */
function placeOf(
  before: string,
): { start: number; isWord: boolean; isMember: boolean } | undefined {
  const all = [...tokens(before)];
  const last = all.at(-1);
  if (last?.type === "StringLiteral" && !last.closed) {
    const inside = last.value.slice(1);
    // Of a path, what follows its last slash.
    const from = /^[./]/.test(inside) ? inside.lastIndexOf("/") + 1 : 0;
    return { start: last.start + 1 + from, isWord: false, isMember: false };
  }
  if (last && (isOpen(last) || last.type === "NumericLiteral")) return undefined;
  const word = last && /^(?:IdentifierName|PrivateIdentifier)$/.test(last.type) ? last : undefined;
  const code = all.filter(isSignificant);
  const dot = code.at(word ? -2 : -1)?.value;
  const isMember = dot === "." || dot === "?.";
  return { start: word?.start ?? before.length, isWord: true, isMember };
}

function textOf({ insertText, label, textEdit }: CompletionItem): string {
  return textEdit?.newText ?? insertText ?? label;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Modules of Node, and packages that the kernel brings. */
function importable(checker: Checker): CompletionItem[] {
  const node = builtinModules
    .filter((name) => !/^_|^sys$/.test(name))
    .map((name) => `node:${name}`);
  return [...node, ...checker.ownPackages()].map((label) => ({
    label,
    kind: Kind.Module,
    sortText: "99",
  }));
}

/** The first line of what each declares; undefined for those that take too long. */
async function signaturesOf(
  items: CompletionItem[],
  resolve: (item: CompletionItem) => Promise<CompletionItem>,
): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, SIGNED_MS);
  });
  const all = items.map(async (item, n) => {
    if (item.data === undefined) return;
    const { detail } = await resolve(item);
    const [first = ""] = (detail ?? "").split(/\n(?=function |\(method\) )/);
    const text = readable(first)
      .replace(/^\((?:property|method)\) /, "")
      .replace(/\s+/g, " ");
    if (text !== "" && text !== item.label && !text.endsWith(": {}")) found[n] = text.slice(0, 200);
  });
  await Promise.race([Promise.allSettled(all), late]);
  clearTimeout(timer);
  return [...found];
}
