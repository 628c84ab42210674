/**
 * The name under which the kernel's own files find a package that always means this kernel, or
 * undefined for any other: what is installed under these names would belong to another kernel.
 */
export function ownPackage(specifier: string): string | undefined {
  // tslab's calls show things only in tslab's own process.
  if (specifier === "tslab") return "retro-kernel/tslab";
  return /^retro-kernel($|\/)/.test(specifier) ? specifier : undefined;
}
