export { renderChart } from "./chart.js";
export {
  type Bytes,
  type DisplayHandle,
  type DisplayOptions,
  display,
} from "./display.js";
export { type Live, live } from "./live.js";
export type { MimeBundle, Rendered } from "./mimebundle.js";
export { type ProgressOptions, progress } from "./progress.js";
export { type Formatter, registerFormatter, render } from "./registry.js";
export { installSink, type Sink, sink } from "./sink.js";
