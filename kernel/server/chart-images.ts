import type { MimeBundle, Rendered } from "../display/mimebundle.js";
import type { createChartRenderer, NoPicture } from "./chart-renderer.js";

const CHARTS = {
  "application/vnd.vegalite.v5+json": "vega-lite",
  "application/vnd.vega.v5+json": "vega",
} as const;

/** What the metadata of an output may say of its picture. */
interface Wishes {
  /** A passing state of a live chart: the front end alone draws it. */
  live?: boolean;
  /** A PNG beside the SVG, for readers that show no SVG. */
  png?: boolean;
}

/** Gives every chart its SVG, and a PNG where one is asked for, drawn in a thread of its own that starts with the first chart. */
export class ChartImages {
  private renderer: ReturnType<typeof createChartRenderer> | undefined;

  /** The same bundle when there is nothing to draw. */
  complete(rendered: Rendered): Rendered | Promise<Rendered> {
    const mime = Object.keys(CHARTS).find((name) => name in rendered.data);
    if (!mime || "image/svg+xml" in rendered.data) return rendered;
    const wishes: Wishes = rendered.metadata?.retro ?? {};
    if (wishes.live) return rendered;
    return this.draw(rendered, mime as keyof typeof CHARTS, wishes);
  }

  private async draw(
    rendered: Rendered,
    mime: keyof typeof CHARTS,
    wishes: Wishes,
  ): Promise<Rendered> {
    try {
      if (!this.renderer) {
        const { createChartRenderer } = await import("./chart-renderer.js");
        this.renderer ??= createChartRenderer();
      }
      const spec = rendered.data[mime] as object;
      const data: MimeBundle = { ...rendered.data };
      data["image/svg+xml"] = await this.renderer.svg(spec, CHARTS[mime]);
      if (wishes.png) {
        const png = await this.renderer.png(spec, CHARTS[mime]);
        data["image/png"] = Buffer.from(png).toString("base64");
      }
      return { ...rendered, data };
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
