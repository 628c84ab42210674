/** Types and messages without the kernel's own names for where things are. */
export function readable(text: string): string {
  return text
    .replace(/^\(alias\) /, "")
    .replace(/ Do you need to change your target library\?[^?]*'es\w*' or later\./, "")
    .replace(/\b__retro__\.c\d+\./g, "")
    .replace(/\b__retro__\.kernel\./g, "")
    .replace(
      /typeof __retro__\.x\d+_(\w+)/g,
      (_, name: string) => `typeof ${name.replaceAll("_", ".")}`,
    )
    .replace(/typeof import\("[^"]*\/\.retro-cell-\d+(?:\.ts)?"\)/g, "typeof globalThis")
    .replace(/import\("[^"]*\/\.retro-cell-\d+(?:\.ts)?"\)\./g, "")
    .replace(
      /typeof import\("[^"]*\/dist\/types\/(?:extensions|kernel)\/[^"]*?([\w-]+)"\)/g,
      "typeof $1",
    )
    .replace(/import\("[^"]*\/dist\/types\/(?:extensions|kernel)\/[^"]*"\)\./g, "");
}
