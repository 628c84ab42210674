import { stripVTControlCharacters, types } from "node:util";
import { arrow } from "./arrow.js";
import { chart, specifier } from "./chart-spec.js";
import { columns } from "./columns.js";
import { danfo } from "./danfo.js";
import { element } from "./element.js";
import { describeError } from "./error.js";
import { escapeHtml } from "./html.js";
import { image } from "./image.js";
import { jupyterDisplay } from "./jupyter-display.js";
import { keyedRecords, records } from "./records.js";
import type { Formatter } from "./registry.js";
import { bounded } from "./text.js";
import { typedArray } from "./typed-array.js";

const error: Formatter = {
  name: "error",
  match: (value) => types.isNativeError(value) || value instanceof Error,
  format: (value: Error) => {
    const text = describeError(value).traceback.join("\n");
    return { data: { "text/plain": bounded(stripVTControlCharacters(text)) } };
  },
};

const url: Formatter = {
  name: "url",
  match: (value) => value instanceof URL,
  format: ({ href, protocol }: URL) => {
    const text = { "text/plain": bounded(href) };
    if (!/^https?:$/.test(protocol)) return { data: text };
    const link = escapeHtml(bounded(href));
    return { data: { ...text, "text/html": `<a href="${link}" rel="noreferrer">${link}</a>` } };
  },
};

/** The formatters that are always there, asked in this order; what none takes is shown as text. */
export const builtin: readonly Formatter[] = [
  jupyterDisplay,
  specifier,
  element,
  error,
  image,
  typedArray,
  url,
  records,
  keyedRecords,
  chart,
  arrow,
  danfo,
  columns,
];
