import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { atomicWrite, expectWritable } from "../notebook/atomic-write.js";
import type { Kernelspec } from "../notebook/kernelspec.js";
import { distFile } from "../notebook/package-folder.js";

/**
 * Writes a kernelspec and its logos into a folder.
 *
 * @throws InputError when they cannot be written.
 */
export function writeKernelspec(folder: string, spec: Kernelspec): void {
  expectWritable(join(folder, "kernel.json"));
  mkdirSync(folder, { recursive: true });
  for (const logo of ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]) {
    copyFileSync(distFile(join("logos", logo)), join(folder, logo));
  }
  atomicWrite(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 1)}\n`);
}
