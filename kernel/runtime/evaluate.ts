import { type Runtime, Session } from "node:inspector";
import { promiseHooks, setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { Interrupted } from "./cell.js";

/** How a piece of JavaScript ended. */
export type Completion = { ok: true } | { ok: false; error: unknown };

/** From V8 12 on the process aborts when a promise that the inspector waits for is garbage-collected. */
const MUST_HOLD = Number.parseInt(process.versions.v8, 10) >= 12;

/** Node would write the source line over an error's stack. */
const AS_IT_IS = { displayErrors: false };

/**
 * Runs code on this thread as a script: names are shared by all cells, and definitions made before
 * an error stay. What waits at its top level is run in V8's repl mode, which only the inspector has.
 */
export class Evaluator {
  private readonly session = new Session();
  private caught: unknown;
  private readonly held = new Set<Promise<unknown>>();

  constructor() {
    this.session.connect();
  }

  /** Called by the inspector with what a cell threw. */
  readonly keep = (error: unknown): void => {
    this.caught = error;
  };

  /** Resolves when the code and what it awaits at its top level have ended; never rejects. */
  async evaluate(
    { code, suspends }: { code: string; suspends: boolean },
    url: string,
  ): Promise<Completion> {
    if (suspends) return this.inRepl(code, url);
    try {
      compile(code, url).runInThisContext(AS_IT_IS);
      return { ok: true };
    } catch (error) {
      return { ok: false, error };
    }
  }

  private inRepl(code: string, url: string): Promise<Completion> {
    return new Promise((resolve) => {
      const letGo = MUST_HOLD ? this.holdNext() : () => {};
      this.session.post(
        "Runtime.evaluate",
        {
          expression: `${code}\n//# sourceURL=${url}`,
          replMode: true,
          awaitPromise: true,
          silent: true,
          objectGroup: "cell",
        } as Runtime.EvaluateParameterType,
        (failure, answer) => {
          letGo();
          const thrown = answer?.exceptionDetails;
          // The inspector itself fails only when the code was terminated.
          if (failure) resolve({ ok: false, error: new Interrupted() });
          else if (!thrown) resolve({ ok: true });
          else resolve({ ok: false, error: this.value(thrown) });
          this.session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
        },
      );
    });
  }

  /** Keeps the first promise that comes: that of the code which is run next. */
  private holdNext(): () => void {
    let promise: Promise<unknown> | undefined;
    const stop = promiseHooks.onInit((first) => {
      stop();
      promise = first;
      this.held.add(first);
    }) as () => void;
    return () => {
      stop();
      if (promise) this.held.delete(promise);
    };
  }

  private value(thrown: Runtime.ExceptionDetails): unknown {
    const remote = thrown.exception;
    if (!remote) return new Error(thrown.text);
    if (remote.objectId) {
      this.session.post("Runtime.callFunctionOn", {
        objectId: remote.objectId,
        functionDeclaration: "function (error) { __retro__.keep(error); }",
        arguments: [{ objectId: remote.objectId }],
        silent: true,
      });
      const error = this.caught;
      this.caught = undefined;
      return error;
    }
    const text = remote.unserializableValue;
    if (text === undefined) return remote.type === "undefined" ? undefined : remote.value;
    return remote.type === "bigint" ? BigInt(text.slice(0, -1)) : Number(text);
  }
}

/** V8 remembers scripts in case they are compiled again, and would hold every cell for good. */
function compile(code: string, filename: string): Script {
  setFlagsFromString("--no-compilation-cache");
  try {
    return new Script(code, { filename });
  } finally {
    setFlagsFromString("--compilation-cache");
  }
}
