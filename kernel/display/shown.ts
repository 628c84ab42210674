const handles = new WeakSet<object>();

/** Marks the handle of an output: the output stands in the notebook, so the handle need not. */
export function asShown<T extends object>(handle: T): T {
  handles.add(handle);
  // To Deno's kernel a result with no media type at all is one that shows nothing.
  Object.defineProperty(handle, Symbol.for("Jupyter.display"), { value: () => ({}) });
  return handle;
}

/** Whether a cell's result is the handle of an output that the cell shows already. */
export function isShown(value: unknown): boolean {
  return typeof value === "object" && value !== null && handles.has(value);
}
