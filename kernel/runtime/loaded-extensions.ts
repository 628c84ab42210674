import type { Extension } from "../extension/contract.js";
import { extensionOf } from "../extension/loader.js";
import type { ExtensionRegistry } from "../extension/registry.js";

/** The extensions of a kernel that came from files and packages of the user's. */
export class LoadedExtensions {
  private readonly loaded = new Map<string, Extension>();

  constructor(
    private readonly registry: ExtensionRegistry,
    private readonly load: (name: string) => Promise<object>,
  ) {}

  /**
   * Registers the extension of a file or package, in place of what came from there before.
   *
   * @throws what the module throws; InputError when there is none, or when it exports no extension
   * or one that cannot be registered: then what came from there before stays.
   */
  async add(from: string): Promise<Extension> {
    const start = performance.now();
    const { isPath } = await import("./module-packages.js");
    if (!isPath(from)) (await import("./module-hooks.js")).followKernel();
    const extension = extensionOf(await this.load(from), from);
    const before = this.loaded.get(from);
    if (before) this.registry.remove(before.name);
    try {
      await this.registry.add(extension, from, performance.now() - start);
    } catch (error) {
      if (before) await this.registry.add(before, from);
      throw error;
    }
    this.loaded.set(from, extension);
    return extension;
  }
}
