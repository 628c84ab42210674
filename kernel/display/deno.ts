import type { Rendered } from "./mimebundle.js";
import type { Sink } from "./sink.js";

interface Jupyter {
  broadcast(
    type: "display_data" | "update_display_data" | "clear_output",
    content: object,
  ): unknown;
}

/** Where outputs go when a cell of Deno's own kernel imports this library; undefined anywhere else. */
export function denoNotebook(): Sink | undefined {
  const jupyter = denoJupyter();
  if (jupyter === undefined) return undefined;
  const content = ({ data, metadata = {} }: Rendered, displayId?: string) => ({
    data,
    metadata,
    transient: displayId === undefined ? {} : { display_id: displayId },
  });
  return {
    display: (rendered, displayId) =>
      jupyter.broadcast("display_data", content(rendered, displayId)),
    update: (rendered, displayId) =>
      jupyter.broadcast("update_display_data", content(rendered, displayId)),
    clear: (wait) => jupyter.broadcast("clear_output", { wait }),
    pending: () => {},
    atEnd: () => {},
  };
}

function denoJupyter(): Jupyter | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: Jupyter } }).Deno?.jupyter;
  } catch {
    // Deno throws where no notebook runs.
    return undefined;
  }
}
