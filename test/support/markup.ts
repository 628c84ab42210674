/**
 * What of some HTML or SVG is not written as the kernel writes it: every `<` begins a tag of the given
 * names whose attributes, of the given names, are in double quotes; every `&` is an entity.
 *
 * Stricter than a browser's parser, so what passes has no other reading there.
 */
export function foreignMarkup(markup: string, tags: string, attributes: string): string[] {
  const attribute = `(?: (?:${attributes})(?:="[^"<>]*")?)*`;
  const tag = new RegExp(`^</?(?:${tags})${attribute} ?/?>$`);
  const found = markup.match(/<[^>]*>?/g) ?? [];
  const entities = markup.match(/&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-fA-F]+);).{0,9}/g) ?? [];
  const links = [...markup.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link = ""]) => link);
  return [...found.filter((text) => !tag.test(text)), ...entities, ...links.filter(isCode)];
}

/** As a browser reads an address: entities are letters, and control characters are not there. */
function isCode(link: string): boolean {
  const read = link
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\p{Cc}| /gu, "");
  return /^(javascript|vbscript|data:(?!image\/|video\/))/i.test(read);
}

/** Text that wants to be more than text. */
export const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "</style><script>alert(1)</script>",
  "</title></textarea></pre></code><svg onload=alert(1)>",
  "<!--",
  "]]><b>",
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  '"><b>',
  "&lt;b&gt; &amp; &nbsp",
  "&#60;b>",
  "javascript:alert(1)",
  "$& $` $' $1",
  "`<b>`",
  "\u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u0007",
  '\u001b]8;;https://a.b/"onclick="alert(1)\u0007link\u001b]8;;\u0007',
  "\u001b[31m<b>\u001b[0m",
  "\ud800<b>\udfff",
  "\u0000<b\u0000>",
  "__proto__",
];
