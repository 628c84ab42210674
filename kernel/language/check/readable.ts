/** Types and messages without the kernel's own names for where things are. */
export function readable(text: string): string {
  return text
    .replace(/^\(alias\) /, "")
    .replace(/\$\.c\d+\./g, "")
    .replace(/\$\.kernel\./g, "")
    .replace(/typeof \$\.x\d+_(\w+)/g, (_, name: string) => `typeof ${name.replaceAll("_", ".")}`)
    .replace(/typeof import\("[^"]*\/\.retro-cell-\d+(?:\.ts)?"\)/g, "typeof globalThis")
    .replace(/import\("[^"]*\/\.retro-cell-\d+(?:\.ts)?"\)\./g, "")
    .replace(/import\("[^"]*\/dist\/types\/[^"]*"\)/g, ownName);
}

function ownName(path: string): string {
  return `import("retro-kernel/${/([\w-]+)"\)$/.exec(path)?.[1] ?? ""}")`;
}
