import { randomUUID } from "node:crypto";
import { TYPESCRIPT } from "../version.js";
import { emit } from "./emit.js";
import { sendable } from "./sendable.js";
import { sink } from "./sink.js";

/** The calls of tslab's `display`. */
export interface Display {
  /** Runs JavaScript in the reader's browser, in notebooks that the reader trusts. */
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  /** Shows a value under one media type, as it is; bytes become base64 text. */
  raw(contentType: string, b: string | Uint8Array): void;
}

/** tslab's own version is the one whose calls these are. */
export const versions = {
  tslab: "1.0.22",
  typescript: TYPESCRIPT,
  node: process.version,
};

/** Shows things the way tslab does: one media type an output, nothing added. */
export const display: Display = displayUnder();

/** A display whose calls all show in one output, each in place of the one before. */
export function newDisplay(): Display {
  return displayUnder(randomUUID());
}

function displayUnder(id?: string): Display {
  let shown = false;
  const raw = (contentType: string, value: unknown) => {
    emit(sendable({ data: { [contentType]: value } }), (rendered) => {
      if (id !== undefined && shown) sink().update(rendered, id);
      else sink().display(rendered, id);
      shown = true;
    });
  };
  const of = (contentType: string) => (value: unknown) => raw(contentType, value);
  return {
    javascript: of("text/javascript"),
    html: of("text/html"),
    markdown: of("text/markdown"),
    latex: of("text/latex"),
    svg: of("image/svg+xml"),
    png: of("image/png"),
    jpeg: of("image/jpeg"),
    gif: of("image/gif"),
    pdf: of("application/pdf"),
    text: of("text/plain"),
    raw,
  };
}
