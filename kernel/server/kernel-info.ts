import { PROTOCOL_VERSION } from "../protocol/message.js";
import { TYPESCRIPT, VERSION } from "../version.js";

/** The content of `kernel_info_reply`. */
export function kernelInfo(): Record<string, unknown> {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "retro",
    implementation_version: VERSION,
    language_info: {
      name: "typescript",
      version: TYPESCRIPT,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `Retro ${VERSION} · TypeScript ${TYPESCRIPT} on Node ${process.versions.node} · name? explains a name`,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      {
        text: "Node.js",
        url: `https://nodejs.org/docs/latest-v${process.versions.node.split(".")[0]}.x/api/`,
      },
      { text: "Vega-Lite", url: "https://vega.github.io/vega-lite/docs/" },
    ],
    supported_features: [],
    debugger: false,
  };
}
