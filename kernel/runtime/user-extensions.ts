import { InputError } from "../extension/input-error.js";
import { extensionOf, listedExtensions } from "../extension/loader.js";
import type { ExtensionRegistry } from "../extension/registry.js";

/** The extensions that the notebook folder's package.json lists; what is wrong with one is said once. */
export class UserExtensions {
  private waiting: string[] | undefined;

  constructor(
    private readonly folder: string,
    private readonly registry: ExtensionRegistry,
    private readonly load: (name: string) => Promise<object>,
  ) {}

  /**
   * Registers those not tried yet; the rest is for the next cell when `signal` is aborted. False when
   * there was none.
   */
  async add(signal: AbortSignal): Promise<boolean> {
    if (!this.waiting) {
      this.waiting = [];
      this.waiting = await listedExtensions(this.folder).catch((error) => {
        console.error(`no extensions are loaded: ${reason(error)}`);
        return [];
      });
    }
    if (this.waiting.length === 0) return false;
    const interrupted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    interrupted.catch(() => {});
    for (let name = this.waiting.shift(); name !== undefined; name = this.waiting.shift()) {
      // An import or a setup that never ends must not take every later cell with it.
      await Promise.race([this.addOne(name), interrupted]).catch((error) => {
        console.error(`the extension ${name} is left out: ${reason(error)}`);
      });
      signal.throwIfAborted();
    }
    return true;
  }

  private async addOne(name: string): Promise<void> {
    const start = performance.now();
    const extension = extensionOf(await this.load(name), name);
    await this.registry.add(extension, name, performance.now() - start);
  }
}

/** One line for what the user can mend as it says, the place too for an error in the code. */
function reason(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
