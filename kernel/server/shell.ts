import { toCodePoints, toUtf16 } from "../protocol/code-points.js";
import { BadRequest, cursorRequest, text } from "../protocol/guards.js";
import type { Message } from "../protocol/message.js";
import type { CommOrder } from "../runtime/bridge.js";
import { language } from "../runtime/language.js";
import type { Connection } from "./connection.js";
import type { Kernel } from "./kernel.js";
import { kernelInfo } from "./kernel-info.js";
import type { Known } from "./known.js";

type Content = Record<string, unknown>;

/** Handlers of the shell channel, each named after its message; all answer at once; cells go to the queue. */
export class Shell {
  private readonly comms = new Map<string, string>();

  constructor(
    private readonly kernel: Kernel,
    private readonly known: Known,
    private readonly connection: Connection,
  ) {}

  /** True when it took the message; `busy` and `idle` are sent around all that it takes. */
  handles(type: string): boolean {
    return Object.hasOwn(this.handlers, type);
  }

  /** The reply's content; undefined when there is none, or when it comes later. */
  async handle(message: Message): Promise<Content | undefined> {
    return this.handlers[message.header.msg_type]?.(message);
  }

  /** Comms that the user's code opened or closed. */
  commSent({ type, content }: CommOrder): void {
    this.track(type, content);
  }

  private readonly handlers: Record<string, (message: Message) => Promise<Content | undefined>> = {
    kernel_info_request: async () => kernelInfo(),

    complete_request: async ({ content }) => {
      const { code, cursor } = cursorRequest(content);
      const { complete, completeFile, completeMagic, joinCompletions } = language();
      const offset = toUtf16(code, cursor);
      await this.known.fresh();
      const { snapshot, names, magics } = this.known;
      const known =
        completeMagic(code, offset, magics) ??
        joinCompletions(
          complete(code, offset, snapshot, names),
          await this.kernel.types.suggestions(code, offset),
        );
      const found = known.matches.length > 0 ? known : (completeFile(code, offset) ?? known);
      const points = (at: number) => toCodePoints(code, at);
      return {
        status: "ok",
        matches: found.matches,
        cursor_start: points(found.start),
        cursor_end: points(found.end),
        metadata: {
          _jupyter_types_experimental: found.types.map((type) => ({
            ...type,
            start: points(type.start),
            end: points(type.end),
          })),
        },
      };
    },

    inspect_request: async ({ content }) => {
      const { code, cursor, detail } = cursorRequest(content);
      const { inspect } = language();
      await this.known.fresh();
      const { snapshot, names } = this.known;
      const offset = toUtf16(code, cursor);
      const explanation = await this.kernel.types.explain(code, offset, detail);
      const { found, data } = inspect(code, offset, detail, snapshot, names, explanation);
      return { status: "ok", found, data, metadata: {} };
    },

    is_complete_request: async ({ content }) => {
      const { isComplete } = language();
      return { ...(await isComplete(text(content, "code"))) };
    },

    history_request: async ({ content }) => {
      const kinds = ["tail", "range", "search"];
      if (!kinds.includes(String(content.hist_access_type))) {
        throw new BadRequest(
          `hist_access_type is ${JSON.stringify(content.hist_access_type)}, not one of ${kinds.join(", ")}`,
        );
      }
      return { status: "ok", history: await this.kernel.history.answer(content) };
    },

    comm_info_request: async ({ content }) => {
      const wanted = content.target_name;
      const comms = [...this.comms]
        .filter(([, target]) => wanted === undefined || wanted === null || target === wanted)
        .map(([id, target_name]) => [id, { target_name }]);
      return { status: "ok", comms: Object.fromEntries(comms) };
    },

    connect_request: async () => {
      const { shell_port, iopub_port, stdin_port, control_port, hb_port } = this.connection;
      return { status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port };
    },

    comm_open: async (message) => this.comm(message),
    comm_msg: async (message) => this.comm(message),
    comm_close: async (message) => this.comm(message),
  };

  private comm(message: Message): undefined {
    const type = message.header.msg_type as CommOrder["type"];
    text(message.content, "comm_id");
    this.track(type, message.content);
    this.kernel.post({
      type,
      run: this.kernel.runs.start(message),
      content: message.content,
      metadata: message.metadata,
      buffers: message.buffers,
    });
  }

  private track(type: CommOrder["type"], content: Content): void {
    const id = String(content.comm_id);
    if (type === "comm_open") this.comms.set(id, String(content.target_name));
    else if (type === "comm_close") this.comms.delete(id);
  }
}
