import { randomUUID } from "node:crypto";
import { InputError } from "../extension/input-error.js";
import { renderChart } from "./chart.js";
import { emit } from "./emit.js";
import { type ImageFacts, imageFacts, renderImage } from "./image.js";
import type { MimeBundle, Rendered } from "./mimebundle.js";
import { render } from "./registry.js";
import { sendable, toJson } from "./sendable.js";
import { asShown } from "./shown.js";
import { sink } from "./sink.js";
import { bounded, grouped, plainText } from "./text.js";

export interface DisplayOptions {
  /** Names the output; all that are shown under one name are updated together. Random by default. */
  id?: string;
  /** Metadata of the output, by media type or free. */
  metadata?: Record<string, unknown>;
}

/** An output that is shown and can be replaced where it stands. */
export interface DisplayHandle<T = unknown> {
  readonly id: string;
  /** Shows another value of the same kind in its place. */
  update(value: T, options?: Pick<DisplayOptions, "metadata">): void;
}

/** Bytes, or the same as base64 text. */
export type Bytes = Uint8Array | string;

type Maker<T> = (value: T) => Rendered | Promise<Rendered>;

function show<T>(make: Maker<T>, value: T, options: DisplayOptions = {}): DisplayHandle<T> {
  const id = options.id ?? randomUUID();
  const made = (next: T, given: DisplayOptions["metadata"]) => {
    const rendered = make(next);
    if (given === undefined) return rendered;
    const metadata = toJson(given);
    const merge = ({ data, metadata: own }: Rendered) => ({
      data,
      metadata: { ...own, ...metadata },
    });
    return rendered instanceof Promise ? rendered.then(merge) : merge(rendered);
  };
  emit(made(value, options.metadata), (rendered) => sink().display(rendered, id));
  return asShown({
    id,
    update: (next: T, { metadata }: Pick<DisplayOptions, "metadata"> = {}) =>
      emit(made(next, metadata), (rendered) => sink().update(rendered, id)),
  });
}

/** A kind of output whose value is text of one media type. */
function text(mime: string, note?: (value: string) => string) {
  return (value: string, options?: DisplayOptions): DisplayHandle<string> =>
    show(
      (given: string) => {
        const source = String(given);
        return { data: { [mime]: source, "text/plain": note ? note(source) : bounded(source) } };
      },
      value,
      options,
    );
}

function picture(mime: ImageFacts["mime"], name: "png" | "jpeg" | "gif") {
  return (value: Bytes, options?: DisplayOptions): DisplayHandle<Bytes> =>
    show(
      (given: Bytes) => {
        const bytes = bytesOf(given, name);
        const facts = imageFacts(bytes);
        if (facts?.mime !== mime) {
          throw new InputError(
            `display.${name}: the ${bytes.length} bytes hold ${facts?.mime ?? "no picture that can be read"}, not ${mime}`,
          );
        }
        return renderImage(bytes, facts);
      },
      value,
      options,
    );
}

/** A file of bytes that a browser opens by itself. */
function file(mime: string, name: "mp4" | "pdf", html?: (url: string) => string) {
  return (value: Bytes, options?: DisplayOptions): DisplayHandle<Bytes> =>
    show(
      (given: Bytes) => {
        const bytes = Buffer.from(bytesOf(given, name));
        const base64 = bytes.toString("base64");
        const data: MimeBundle = { [mime]: base64 };
        if (html) data["text/html"] = html(`data:${mime};base64,${base64}`);
        data["text/plain"] = `[${name.toUpperCase()}, ${grouped(bytes.length)} bytes]`;
        return { data };
      },
      value,
      options,
    );
}

function bytesOf(value: Bytes, name: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string" && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) {
    return Buffer.from(value, "base64");
  }
  const given =
    typeof value === "string" ? "text that is not base64" : plainText(value).slice(0, 80);
  throw new InputError(`display.${name} takes bytes (Uint8Array) or base64 text, not ${given}`);
}

function chartOf(kind: "vega" | "vega-lite") {
  const $schema = `https://vega.github.io/schema/${kind}/v5.json`;
  return (spec: object, options?: DisplayOptions): DisplayHandle<object> =>
    show((given: object) => renderChart(given, $schema), spec, options);
}

const sized = (kind: string) => (source: string) =>
  `[${kind}, ${grouped(source.length)} ${source.length === 1 ? "character" : "characters"}]`;

/**
 * Shows a value as a cell's result would be shown, and hands back the means to replace it.
 *
 * Inside a notebook it is rich output; in a terminal its text is printed. A value that gives its
 * mimebundle as a promise appears when that is ready, before what is displayed after it.
 *
 * @example
 * const status = display("starting");
 * status.update({ done: 3, of: 10 });
 */
export const display = Object.assign(
  (value: unknown, options?: DisplayOptions): DisplayHandle => show(render, value, options),
  {
    /** Shows HTML. Scripts run only in notebooks that the reader trusts. */
    html: text("text/html", sized("HTML")),
    /** Shows Markdown, formulas between dollar signs included. */
    markdown: text("text/markdown"),
    /** Shows LaTeX; a bare formula is set on a line of its own. */
    latex: (source: string, options?: DisplayOptions): DisplayHandle<string> =>
      show(
        (given: string) => {
          const text = String(given);
          const formula = /\$|\\[([]|\\begin/.test(text) ? text : `$$${text}$$`;
          return { data: { "text/latex": formula, "text/plain": bounded(text) } };
        },
        source,
        options,
      ),
    /**
     * Shows a value as a tree that unfolds. Bigints become numbers where these are exact, maps
     * objects, sets and typed arrays arrays; a value that contains itself throws.
     */
    json: (value: unknown, options?: DisplayOptions): DisplayHandle =>
      show(
        (given: unknown) => {
          const json = toJson(given);
          const indented = bounded(JSON.stringify(json, undefined, 2));
          return { data: { "application/json": json, "text/plain": indented } };
        },
        value,
        options,
      ),
    /** Shows an SVG picture, given as markup. */
    svg: text("image/svg+xml", sized("SVG image")),
    /** Shows a PNG picture; throws an InputError when the bytes are none. */
    png: picture("image/png", "png"),
    /** Shows a JPEG picture; throws an InputError when the bytes are none. */
    jpeg: picture("image/jpeg", "jpeg"),
    /** Shows a GIF picture, moving or not; throws an InputError when the bytes are none. */
    gif: picture("image/gif", "gif"),
    /** Shows an MP4 video, kept in the notebook. */
    mp4: file("video/mp4", "mp4", (url) => `<video controls src="${url}"></video>`),
    /** Shows a PDF document, kept in the notebook. */
    pdf: file("application/pdf", "pdf"),
    /** Runs JavaScript in the reader's browser, in notebooks that the reader trusts. */
    javascript: text("application/javascript", sized("JavaScript")),
    /** Shows a Vega specification as a chart. */
    vega: chartOf("vega"),
    /** Shows a Vega-Lite specification as a chart. */
    vegaLite: chartOf("vega-lite"),
    /** Shows text as it is, without the quotes of a string. */
    text: (value: string, options?: DisplayOptions): DisplayHandle<string> =>
      show((given: string) => ({ data: { "text/plain": bounded(String(given)) } }), value, options),
    /** Shows a mimebundle as it is; bytes in it become base64 text. */
    raw: (data: MimeBundle, options?: DisplayOptions): DisplayHandle<MimeBundle> =>
      show((given: MimeBundle) => sendable({ data: given }), data, options),
    /** Takes the cell's outputs away; with `wait` not before the next one comes. */
    clear: ({ wait = false }: { wait?: boolean } = {}): void =>
      emit(undefined, () => sink().clear(wait)),
  },
);
