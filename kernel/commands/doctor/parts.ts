import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { KernelClient } from "../../notebook/client.js";
import { checker as loadChecker } from "../../runtime/language.js";

/** A part of Retro that is proven by using it. */
export interface Part {
  /** The package that it comes from. */
  package?: string;
  /** Uses it and says what it did; what it throws is what is wrong. */
  use: () => Promise<string>;
  /** What helps against what is wrong, where that is not to reinstall. */
  cure?: (wrong: string) => string | undefined;
  /** Retro works without it, with a limit. */
  optional?: true;
}

const NO_WIDE_FONT = "charts as PNG have no Chinese, Japanese or Korean letters";

/** The parts that may be missing for this machine, or take the process down with them. */
export const PARTS: Record<string, Part> = {
  zeromq: {
    package: "zeromq",
    use: async () => {
      const { Pull, Push } = await import("zeromq");
      const [push, pull] = [new Push({ linger: 0 }), new Pull()];
      await pull.bind("tcp://127.0.0.1:*");
      push.connect(pull.lastEndpoint ?? "");
      await push.send("a message");
      const [message] = await soon(pull.receive(), 10);
      if (String(message) !== "a message") throw new Error(`it received ${message}`);
      push.close();
      pull.close();
      return "sends a message";
    },
  },
  esbuild: {
    package: "esbuild",
    use: async () => {
      const { transform } = await import("esbuild");
      const { code } = await transform("let n: number = 1", { loader: "ts" });
      if (code !== "let n = 1;\n") throw new Error(`it wrote ${code}`);
      return "turns TypeScript into JavaScript";
    },
    cure: () => (process.env.ESBUILD_BINARY_PATH ? "unset ESBUILD_BINARY_PATH" : undefined),
  },
  TypeScript: {
    package: "typescript",
    use: async () => {
      const checker = new (loadChecker().Checker)(tmpdir());
      try {
        const { problems } = await checker.check({ text: "let n: number = '1'", declared: [] });
        if (problems[0]?.code !== 2322) throw new Error("it finds nothing wrong with a wrong type");
      } finally {
        checker.stop();
      }
      return "checks types";
    },
    // Cells run all the same; nobody tells what is wrong with them before.
    optional: true,
  },
  resvg: {
    package: "@resvg/resvg-js",
    use: async () => {
      if (!(await ink("A", false))) throw new Error("it draws nothing with its own font");
      return "draws pictures of charts";
    },
  },
  fonts: {
    use: async () => {
      // What no font has is drawn as an empty box.
      if ((await ink("漢", true)) === (await ink("\u{F0000}", true))) throw new Error(NO_WIDE_FONT);
      return "wide scripts are drawn";
    },
    cure: (wrong) => {
      if (wrong !== NO_WIDE_FONT) return undefined;
      return process.platform === "linux" ? "apt install fonts-noto-cjk" : "install Noto Sans CJK";
    },
    optional: true,
  },
  DuckDB: {
    package: "@duckdb/node-api",
    use: async () => {
      const { DuckDBInstance } = await import("@duckdb/node-api");
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      const [row] = (await connection.runAndReadAll("SELECT 6 * 7")).getRows();
      if (row?.[0] !== 42) throw new Error(`it computed ${row?.[0]}`);
      return "answers queries";
    },
  },
  kernel: {
    use: () =>
      withKernel(async (kernel, started) => {
        const result = await answerOf(kernel, "1 + 1");
        if (result !== "2") throw new Error(`it answered ${result} to 1 + 1`);
        return `starts and answers 1 + 1 in ${Math.round(performance.now() - started)} ms`;
      }),
  },
  interrupt: {
    use: () =>
      withKernel(async (kernel) => {
        let asked = 0;
        await answerOf(kernel, "let kept = 1; console.log('on'); for (;;);", () => {
          asked = performance.now();
          kernel.interrupt();
        });
        const ms = Math.round(performance.now() - asked);
        const kept = await answerOf(kernel, "kept");
        if (kept !== "1") throw new Error(`it answered ${kept} afterwards, the state is lost`);
        return `stops an endless loop in ${ms} ms and keeps the state`;
      }),
  },
};

/** The drawn text as pixels; empty when nothing is to be seen. */
async function ink(text: string, loadSystemFonts: boolean): Promise<string> {
  const { Resvg } = await import("@resvg/resvg-js");
  const { CHART_FONT } = await import("../../server/text-width.js");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-family="Arimo" font-size="30">${text}</text></svg>`;
  const { pixels } = new Resvg(svg, { font: { ...CHART_FONT, loadSystemFonts } }).render();
  return pixels.some((value) => value > 0) ? pixels.toString("base64") : "";
}

async function withKernel<T>(use: (kernel: KernelClient, started: number) => Promise<T>) {
  const started = performance.now();
  const { KernelClient } = await import("../../notebook/client.js");
  const kernel = await KernelClient.start("retro", tmpdir());
  try {
    return await soon(use(kernel, started), 20);
  } finally {
    kernel.kill();
  }
}

/** The text of a cell's result. */
async function answerOf(kernel: KernelClient, code: string, onOutput = () => {}): Promise<string> {
  let result = "nothing";
  const { status, evalue } = await kernel.execute(code, "doctor", ({ header, content }) => {
    if (header.msg_type === "stream") onOutput();
    if (header.msg_type === "execute_result") {
      result = String((content.data as Record<string, unknown>)["text/plain"]);
    }
  });
  return status === "ok" ? result : `${evalue}`;
}

async function soon<T>(promise: Promise<T>, seconds: number): Promise<T> {
  const late = delay(seconds * 1000, undefined, { ref: false }).then(() => {
    throw new Error(`it did not answer within ${seconds} s`);
  });
  return Promise.race([promise, late]);
}
