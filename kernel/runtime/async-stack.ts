/**
 * Empties Node's stack of async ids, which a terminated microtask or timer leaves unbalanced.
 *
 * Up to Node 22 AsyncLocalStorage keeps that stack, and the process aborts when it is not empty
 * after a callback. The function that empties it has no public name, nor has the count of hooks
 * without which Node does not look; from Node 24 on there is no such stack and nothing to do.
 */
export const clearAsyncStack: () => void = find() ?? (() => {});

interface AsyncWrap {
  clearAsyncIdStack(): void;
  async_hook_fields: Uint32Array;
  constants: { kTotals: number };
}

function find(): (() => void) | undefined {
  if (Number(process.versions.node.split(".")[0]) >= 24) return undefined;
  const silent = process.noDeprecation;
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { binding(name: "async_wrap"): AsyncWrap };
    const wrap = binding("async_wrap");
    return () => {
      // A microtask may begin, and push its id, between this call and the termination.
      wrap.async_hook_fields[wrap.constants.kTotals] = 0;
      wrap.clearAsyncIdStack();
    };
  } catch {
    return undefined;
  } finally {
    if (silent === undefined) delete process.noDeprecation;
    else process.noDeprecation = silent;
  }
}
