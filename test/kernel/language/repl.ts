import { type Runtime, Session } from "node:inspector";
import { originalPlace, type Place } from "../../../kernel/language/original-place.js";
import { mapOf, type RewrittenCell, rewrite } from "../../../kernel/language/rewrite.js";
import { bindNames } from "../../../kernel/runtime/module-bindings.js";

/** What a cell did. */
export interface Ran {
  /** What the cell showed, or undefined. */
  result?: unknown;
  /** `Error: message` of what it threw. */
  error?: string;
  /** Where it threw, in the cell as typed. */
  place?: Place | undefined;
}

/** A real inspector session in V8's repl mode, with a `__retro__` that imports from `modules`. */
export class Repl {
  readonly calls: unknown[][] = [];
  readonly modules: Record<string, Record<string, unknown>> = {};
  private readonly session = new Session();
  private shown: { value: unknown } | undefined;

  constructor() {
    this.session.connect();
    Object.assign(globalThis, {
      __retro__: {
        import: async (spec: string, names?: string[], attributes?: object) => {
          const namespace = this.modules[spec];
          if (!namespace) throw new Error(`no module ${spec}`);
          this.calls.push(["import", spec, ...(attributes ? [attributes] : [])]);
          if (names) bindNames(globalThis, namespace, names, spec);
          return namespace;
        },
        meta: { url: "file:///notebook/cell.ts" },
        resume: (value: unknown) => value,
        wait: (value: unknown) => value,
        result: (value: unknown) => {
          this.shown = { value };
        },
        time: () => void this.calls.push(["time"]),
        timed: () => void this.calls.push(["timed"]),
        timeit: async (options: string, body: () => unknown) => {
          this.calls.push(["timeit", options, await body()]);
        },
        inspect: (...call: unknown[]) => void this.calls.push(["inspect", ...call]),
        magic: async (...call: unknown[]) => {
          this.calls.push(["magic", ...call]);
          return `magic ${call[0]}`;
        },
      },
    });
  }

  async run(source: string): Promise<Ran> {
    const cell = await rewrite(source);
    const map = cell.map ?? mapOf(source);
    return this.evaluate(map === undefined ? cell : { ...cell, map });
  }

  evaluate({ code, map }: RewrittenCell): Promise<Ran> {
    this.shown = undefined;
    return new Promise((resolve, reject) => {
      this.session.post(
        "Runtime.evaluate",
        { expression: code, replMode: true, awaitPromise: true } as Runtime.EvaluateParameterType,
        (failure, answer) => {
          if (failure) return reject(failure);
          const thrown = answer.exceptionDetails;
          if (!thrown) return resolve(this.shown ? { result: this.shown.value } : {});
          const stack = thrown.exception?.description ?? thrown.text;
          const [error] = stack.split("\n");
          const [, line, column] = /<anonymous>:(\d+):(\d+)/.exec(stack) ?? [];
          if (line === undefined) return resolve({ error });
          const at = { line: Number(line), column: Number(column) };
          resolve({ error, place: map === undefined ? at : originalPlace(map, at) });
        },
      );
    });
  }

  close(): void {
    this.session.disconnect();
  }
}
