import type { MimeBundle, Rendered } from "../display/mimebundle.js";
import type { createChartRenderer, NoPicture } from "./chart-renderer.js";

const CHARTS = {
  "application/vnd.vegalite.v5+json": "vega-lite",
  "application/vnd.vega.v5+json": "vega",
} as const;

/** Gives every chart its SVG, drawn in a thread of its own that starts with the first chart. */
export class ChartImages {
  private renderer: ReturnType<typeof createChartRenderer> | undefined;

  /** The same bundle when there is nothing to draw. */
  complete(rendered: Rendered): Rendered | Promise<Rendered> {
    const mime = Object.keys(CHARTS).find((name) => name in rendered.data);
    if (!mime || "image/svg+xml" in rendered.data) return rendered;
    // The passing states of a live chart are drawn by the front end alone.
    if ((rendered.metadata?.retro as { live?: boolean } | undefined)?.live) return rendered;
    return this.draw(rendered, mime as keyof typeof CHARTS);
  }

  private async draw(rendered: Rendered, mime: keyof typeof CHARTS): Promise<Rendered> {
    try {
      if (!this.renderer) {
        const { createChartRenderer } = await import("./chart-renderer.js");
        this.renderer ??= createChartRenderer();
      }
      const svg = await this.renderer.svg(rendered.data[mime] as object, CHARTS[mime]);
      return { ...rendered, data: { ...rendered.data, "image/svg+xml": svg } };
    } catch (error) {
      const { message, invalid } = error as Partial<NoPicture>;
      const text = `${rendered.data["text/plain"] ?? ""}\n(no picture: ${message})`.trim();
      const data: MimeBundle = { ...rendered.data, "text/plain": text };
      // The viewer's own message would hide this one.
      if (invalid) delete data[mime];
      return { ...rendered, data };
    }
  }
}
