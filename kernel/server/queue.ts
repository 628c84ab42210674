import { describeError } from "../display/error.js";
import { didYouMean, InputError } from "../extension/input-error.js";
import { type ExecuteRequest, executeRequest } from "../protocol/guards.js";
import type { Message } from "../protocol/message.js";
import {
  type Done,
  type ExecuteOrder,
  type ErrorReport as Report,
  Slot,
} from "../runtime/bridge.js";
import { language } from "../runtime/language.js";
import type { Kernel } from "./kernel.js";
import { syntaxReport } from "./syntax-report.js";

interface Waiting {
  message: Message;
  request: ExecuteRequest;
}

const MOMENT_MS = 200;

/** Runs one `execute_request` at a time, in the order they came. */
export class ExecutionQueue {
  private readonly waiting: Waiting[] = [];
  private running = false;
  /** A cell is on the main thread. */
  private posted = false;
  private endedAt = 0;
  private count = 0;
  private readonly done = new Map<number, (done: Done) => void>();

  constructor(private readonly kernel: Kernel) {}

  /** Whether a cell runs, or ended a moment ago. */
  get active(): boolean {
    return this.running || performance.now() - this.endedAt < MOMENT_MS;
  }

  /** Throws BadRequest when the message is not an execute request. */
  push(message: Message): void {
    this.waiting.push({ message, request: executeRequest(message.content) });
    if (!this.running) void this.run();
    else if (this.waiting.length === 1 && this.posted) void this.lookAhead();
  }

  /** The main thread tells how a run ended. */
  finished(done: Done): void {
    this.done.get(done.run)?.(done);
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const failed = await this.execute(next).catch((error) => {
        this.kernel.log(error);
        return false;
      });
      if (failed && next.request.stopOnError) await this.abort();
      this.kernel.iopub.status("idle", next.message.header);
      await this.kernel.iopub.flushed();
    }
    this.running = false;
    this.endedAt = performance.now();
  }

  private async execute({ message, request }: Waiting): Promise<boolean> {
    const { kernel } = this;
    const { header } = message;
    const { code, silent } = request;
    const run = kernel.runs.start(message);
    if (request.storeHistory) {
      this.count++;
      kernel.history.started(this.count, code);
    }
    const count = this.count;
    kernel.crashes.started(count, code);
    // The main thread need not wait while these are made.
    kernel.iopub.soon(() => {
      kernel.iopub.status("busy", header);
      if (silent) return;
      kernel.iopub.publish("execute_input", { code, execution_count: count }, header);
      const lastCrash = kernel.crashes.tell();
      if (lastCrash) kernel.iopub.stream("stderr", lastCrash, header);
    });
    const done = await this.evaluate(run, count, request);
    kernel.crashes.ended();
    await kernel.streams.finish((done as { ring?: number }).ring);
    const { payload, missing } = await this.answers(done);
    const { error = missing, result } = done;
    if (error && !silent) kernel.iopub.publish("error", error, header);
    if (result && !silent) {
      kernel.iopub.bundle("execute_result", result, header, { count });
    }
    if (request.storeHistory) kernel.history.ended(result?.data["text/plain"]);
    const shown = kernel.iopub.flushed();
    if (error && request.stopOnError) {
      await shown;
      // What came with the request while it ran is aborted before the front end hears of the error.
      await arrivals();
    }
    const content = {
      execution_count: count,
      payload,
      ...(error
        ? { status: "error", ...error, user_expressions: {} }
        : { status: "ok", user_expressions: done.userExpressions }),
    };
    kernel.reply(message, content, shown);
    return error !== undefined;
  }

  private async evaluate(run: number, count: number, request: ExecuteRequest): Promise<Done> {
    const failed = (error: Report): Done => ({
      type: "done",
      run,
      error,
      userExpressions: {},
      questions: [],
    });
    const { rewrite } = language();
    let cell: Awaited<ReturnType<typeof rewrite>>;
    try {
      cell = await rewrite(request.code);
    } catch (error) {
      return failed(syntaxReport(error as Error, request.code, count));
    }
    const userExpressions: ExecuteOrder["userExpressions"] = {};
    for (const [name, code] of Object.entries(request.userExpressions)) {
      userExpressions[name] = await rewrite(code).catch((error) => ({ error: error.message }));
    }
    const { types, known } = this.kernel;
    if (types.concerns(request.code)) {
      // What values the cell before left is known before this one is checked.
      await known.fresh();
      const { code, silent } = request;
      const { error, notice } = await types.before(code, cell.declared, count, silent);
      if (notice && !silent) {
        this.kernel.iopub.stream("stderr", notice, this.kernel.runs.request(run)?.header);
      }
      if (error) return failed(error);
    } else types.ran(request.code, cell.declared, count);
    Atomics.store(this.kernel.control, Slot.interrupt, 0);
    this.kernel.streams.started(run);
    const roots = cell.chains.map((chain) => chain.split(".", 1)[0] as string);
    const describe = types.refinable(new Set([...cell.declared, ...roots]));
    return new Promise((resolve) => {
      this.done.set(run, (done) => {
        this.done.delete(run);
        this.posted = false;
        resolve(done);
      });
      this.kernel.post({
        type: "execute",
        run,
        count,
        source: request.code,
        ...cell,
        check: types.mode,
        describe,
        silent: request.silent,
        storeHistory: request.storeHistory,
        allowStdin: request.allowStdin,
        userExpressions,
      });
      this.posted = true;
      void this.lookAhead();
    });
  }

  /** Pages for what a cell asked with `name?`, and the error for a name that means nothing. */
  private async answers({ questions }: Done): Promise<{ payload: object[]; missing?: Report }> {
    const { types, known } = this.kernel;
    const payload: object[] = [];
    for (const { chain, detail, root } of questions) {
      const name = chain.split(".", 1)[0] as string;
      const about = new Map(root ? [[name, root]] : []);
      const explanation = await types.explain(chain, chain.length, detail);
      const { found, data } = language().inspect(
        chain,
        chain.length,
        detail,
        about,
        known.names,
        explanation,
      );
      if (!found) {
        const near = didYouMean(chain, [
          ...known.snapshot.keys(),
          ...known.names.map((n) => n.name),
        ]);
        const missing = describeError(new InputError(`nothing is named ${chain}${near}`));
        return { payload, missing };
      }
      payload.push({ source: "page", data, start: 0 });
    }
    return { payload };
  }

  /** Has the next cell checked while this one runs; what is wrong with it is told in its turn. */
  private async lookAhead(): Promise<void> {
    const request = this.waiting[0]?.request;
    if (!request || request.silent || !this.kernel.types.concerns(request.code)) return;
    const cell = await language()
      .rewrite(request.code)
      .catch(() => undefined);
    if (cell) this.kernel.types.prepare(request.code, cell.declared);
  }

  /** Answers all that waits with status "aborted". */
  private async abort(): Promise<void> {
    for (const { message } of this.waiting.splice(0)) {
      this.kernel.iopub.status("busy", message.header);
      this.kernel.reply(message, { status: "aborted", execution_count: this.count });
      this.kernel.iopub.status("idle", message.header);
    }
  }
}

/** Lets the messages that already lie at the socket be received. */
async function arrivals(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
