/**
 * Whether a whole text fits a pattern, as SQLite's GLOB has it and so IPython's history: `*`, `?`,
 * `[abc]`, `[a-z]`, `[^a]`; nothing escapes, and a bracket that is not closed fits nothing.
 *
 * What stands between two stars is found once, as far left as it goes: no pattern looks back far.
 */
export function glob(pattern: string): (text: string) => boolean {
  const parts = partsOf(pattern);
  if (!parts) return () => false;
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    const whole = new RegExp(`^${first}$`, "su");
    return (text) => whole.test(text);
  }
  const start = new RegExp(`^${first}`, "su");
  const middle = rest.filter((part) => part !== "").map((part) => new RegExp(part, "gsu"));
  const end = new RegExp(`${last}$`, "gsu");
  return (text) => {
    let at = start.exec(text)?.[0].length ?? -1;
    for (const part of at < 0 ? [] : [...middle, end]) {
      part.lastIndex = at;
      if (!part.test(text)) return false;
      at = part.lastIndex;
    }
    return at >= 0;
  };
}

/** What stands between the stars, each as a regular expression's source. */
function partsOf(pattern: string): string[] | undefined {
  const parts = [""];
  const add = (source: string) => parts.push(`${parts.pop()}${source}`);
  const letters = [...pattern];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    if (letter === "*") parts.push("");
    else if (letter === "?") add(".");
    else if (letter !== "[") add(literal(letter));
    else {
      const inverted = letters[at + 1] === "^";
      const first = inverted ? at + 2 : at + 1;
      // A bracket that comes first is a member.
      const end = letters.indexOf("]", first + 1);
      if (end < 0) return undefined;
      add(`[${inverted ? "^" : ""}${members(letters.slice(first, end).join(""))}]`);
      at = end;
    }
  }
  return parts;
}

/** Of a set; a range that runs backwards holds nothing, and is no fault. */
function members(set: string): string {
  const ranges = [...set.matchAll(/([\s\S])-([\s\S])|[\s\S]/gu)];
  return ranges
    .map(([member, from, to]) => {
      if (from === undefined || to === undefined) return literal(member);
      return from <= to ? `${literal(from)}-${literal(to)}` : "";
    })
    .join("");
}

function literal(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/-]/u, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
}
