/**
 * Empties Node's stack of async ids, which a terminated microtask or timer leaves unbalanced.
 *
 * Up to Node 22 AsyncLocalStorage keeps that stack, and the process aborts when it is not empty
 * after a callback. The function that empties it has no public name; from Node 24 on there is no
 * such stack and nothing to do.
 */
export const clearAsyncStack: () => void = find() ?? (() => {});

function find(): (() => void) | undefined {
  if (Number(process.versions.node.split(".")[0]) >= 24) return undefined;
  const silent = process.noDeprecation;
  process.noDeprecation = true;
  try {
    const internal = process as unknown as { binding(name: string): Record<string, () => void> };
    return internal.binding("async_wrap").clearAsyncIdStack;
  } catch {
    return undefined;
  } finally {
    if (silent === undefined) delete process.noDeprecation;
    else process.noDeprecation = silent;
  }
}
