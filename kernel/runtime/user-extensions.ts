import { InputError } from "../extension/input-error.js";
import { listedExtensions } from "../extension/loader.js";
import type { LoadedExtensions } from "./loaded-extensions.js";

/** The extensions that the notebook folder's package.json lists; what is wrong with one is said once. */
export class UserExtensions {
  private untried: string[] | undefined;

  constructor(
    private readonly folder: string,
    private readonly loaded: LoadedExtensions,
  ) {}

  /** False once all of them were tried. */
  get waiting(): boolean {
    return this.untried?.length !== 0;
  }

  /**
   * Registers those not tried yet; the rest is for the next cell when `signal` is aborted. False when
   * there was none.
   */
  async add(signal: AbortSignal): Promise<boolean> {
    if (!this.untried) {
      this.untried = [];
      this.untried = await listedExtensions(this.folder).catch((error) => {
        console.error(`no extensions are loaded: ${reason(error)}`);
        return [];
      });
    }
    if (this.untried.length === 0) return false;
    const interrupted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    interrupted.catch(() => {});
    for (let name = this.untried.shift(); name !== undefined; name = this.untried.shift()) {
      // An import or a setup that never ends must not take every later cell with it.
      await Promise.race([this.loaded.add(name), interrupted]).catch((error) => {
        console.error(`the extension ${name} is left out: ${reason(error)}`);
      });
      signal.throwIfAborted();
    }
    return true;
  }
}

/** One line for what the user can mend as it says, the place too for an error in the code. */
function reason(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
