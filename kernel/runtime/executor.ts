import { describeError } from "../display/error.js";
import { render } from "../display/registry.js";
import { isShown } from "../display/shown.js";
import type {
  Done,
  ErrorReport,
  ExecuteOrder,
  ExpressionResult,
  Question,
  ToServer,
} from "./bridge.js";
import { Cell, Interrupted, owner, startCell } from "./cell.js";
import type { CellSources } from "./cells.js";
import type { Completion, Evaluator } from "./evaluate.js";
import type { Outputs } from "./outputs.js";

/** What a cell needs beside its code, supplied by the kernel's entry. */
export interface Surroundings {
  post: (message: ToServer) => void;
  evaluator: Evaluator;
  sources: CellSources;
  outputs: Outputs;
  /** Loads the extensions and lazy names that a cell touches, and makes room for what it declares. */
  prepare: (order: ExecuteOrder) => Promise<void>;
  /** Called when the cell was reported: describes what the cell named for completion and inspection. */
  after: (order: ExecuteOrder) => void;
}

/** An interrupted cell that was not reported by then never will be. */
const REPORT_MS = 50;
const MOMENT_MS = 200;

/** Runs cells one after the other on the main thread and reports how each ended. */
export class Executor {
  private active: { cell: Cell; settle: (completion: Completion) => void } | undefined;
  private latest: Cell | undefined;
  private unreported: ExecuteOrder | undefined;
  private endedAt = 0;
  private mode = "off";
  private result: { value: unknown } | undefined;
  private questions: Question[] = [];

  constructor(private readonly around: Surroundings) {}

  /** The value of the cell's last expression. */
  readonly keepResult = (value: unknown): void => {
    this.result = { value };
  };

  readonly ask = (question: Question): void => {
    this.questions.push(question);
  };

  async execute(order: ExecuteOrder): Promise<void> {
    const { sources, outputs } = this.around;
    const cell = new Cell(order.run, order.count, order.allowStdin);
    startCell(cell);
    this.latest = cell;
    this.mode = order.check;
    this.unreported = order;
    if (order.storeHistory) {
      sources.add(order.count, order.source, order.map);
      outputs.typed(order.count, order.source);
    }
    this.result = undefined;
    this.questions = [];
    const completion = await this.untilInterrupted(cell, () => this.evaluate(cell, order));
    this.report(order, await this.outcome(cell, order, completion));
    this.around.after(order);
  }

  /** How the latest cell was checked. */
  get checkMode(): string {
    return this.mode;
  }

  /** Whether a cell is on its way, or ended a moment ago. */
  get busy(): boolean {
    return this.unreported !== undefined || performance.now() - this.endedAt < MOMENT_MS;
  }

  /** Ends the active cell, if there is one, and what the latest cell left running in the background. */
  interrupt(): void {
    const cell = this.latest;
    if (!cell) return;
    cell.interrupted = true;
    this.active?.settle({ ok: false, error: new Interrupted() });
    owner.run(cell, () => cell.controller.abort(new Interrupted()));
    // A termination may have hit the kernel's own steps: then nobody else reports the cell.
    const order = this.unreported;
    if (!order) return;
    const watch = setInterval(() => {
      if (this.unreported === order) this.report(order, failed(order, new Interrupted()));
      clearInterval(watch);
    }, REPORT_MS);
  }

  private untilInterrupted(cell: Cell, work: () => Promise<Completion>): Promise<Completion> {
    return new Promise((resolve) => {
      const settle = (completion: Completion) => {
        if (this.active?.cell !== cell) return;
        this.active = undefined;
        resolve(completion);
      };
      this.active = { cell, settle };
      // Never on this stack: a termination unwinds all of it, and `execute` must outlive the cell.
      owner.run(cell, () => {
        Promise.resolve()
          .then(work)
          .then(settle, (error) => settle({ ok: false, error }));
      });
    });
  }

  private async evaluate(cell: Cell, order: ExecuteOrder): Promise<Completion> {
    await this.around.prepare(order);
    const url = order.storeHistory ? `retro:cell/${order.count}` : "retro:silent";
    const completion = await this.around.evaluator.evaluate(order, url);
    for (const last of cell.closing.splice(0)) last();
    while (cell.pending.size > 0) await Promise.allSettled([...cell.pending]);
    return completion;
  }

  private async outcome(cell: Cell, order: ExecuteOrder, completion: Completion): Promise<Done> {
    const done: Done = {
      type: "done",
      run: order.run,
      userExpressions: {},
      questions: this.questions,
    };
    if (!completion.ok) return { ...done, error: reportOf(completion.error) };
    const result = this.result as { value: unknown } | undefined;
    const rendered = await this.untilInterrupted(cell, async () => {
      if (result && !order.silent) {
        this.around.outputs.result(order.count, result.value);
        const { value } = result;
        if (value !== undefined && !isShown(value)) done.result = await render(value);
      }
      for (const [name, expression] of Object.entries(order.userExpressions)) {
        done.userExpressions[name] = await this.expression(expression);
      }
      return { ok: true };
    });
    return rendered.ok ? done : { ...done, error: reportOf(rendered.error) };
  }

  private async expression(
    given: ExecuteOrder["userExpressions"][string],
  ): Promise<ExpressionResult> {
    const failed = (error: unknown): ExpressionResult => ({ status: "error", ...reportOf(error) });
    if ("error" in given) return failed(new SyntaxError(given.error));
    this.result = undefined;
    const completion = await this.around.evaluator.evaluate(given, "retro:expression");
    if (!completion.ok) return failed(completion.error);
    const value = (this.result as { value: unknown } | undefined)?.value;
    const { data, metadata = {} } = await render(value);
    return { status: "ok", data, metadata };
  }

  private report(order: ExecuteOrder, done: Done): void {
    if (this.unreported !== order) return;
    this.active = undefined;
    try {
      this.around.post(done);
    } catch (error) {
      // A formatter of the user's may give what no other thread can receive.
      this.around.post(failed(order, error));
    }
    this.unreported = undefined;
    this.endedAt = performance.now();
  }
}

function failed({ run }: ExecuteOrder, error: unknown): Done {
  return { type: "done", run, error: reportOf(error), userExpressions: {}, questions: [] };
}

/** An error as the front end shows it; describing it must never fail. */
export function reportOf(error: unknown): ErrorReport {
  try {
    return describeError(error);
  } catch (failure) {
    const evalue = `an error that cannot be shown (${String(failure)})`;
    return { ename: "Error", evalue, traceback: [evalue] };
  }
}
