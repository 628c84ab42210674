import { BadRequest } from "../protocol/guards.js";
import type { Message } from "../protocol/message.js";
import type { Interrupter } from "./interrupter.js";
import { kernelInfo } from "./kernel-info.js";
import { usage } from "./usage.js";

type Content = Record<string, unknown>;

/** Handlers of the control channel, each named after its message; they answer while a cell runs. */
export class Control {
  constructor(
    private readonly interrupter: Interrupter,
    private readonly onInterrupt: () => void,
  ) {}

  handles(type: string): boolean {
    return Object.hasOwn(this.handlers, type);
  }

  async handle(message: Message): Promise<Content> {
    const handler = this.handlers[message.header.msg_type];
    if (!handler) throw new BadRequest(`${message.header.msg_type} is not for the control channel`);
    return handler(message);
  }

  private readonly handlers: Record<string, (message: Message) => Promise<Content>> = {
    kernel_info_request: async () => kernelInfo(),
    usage_request: async () => usage(),
    shutdown_request: async ({ content }) => ({
      status: "ok",
      restart: content.restart === true,
    }),
    interrupt_request: async () => {
      this.onInterrupt();
      if (await this.interrupter.interrupt()) return { status: "ok" };
      throw new Error("the main thread does not come to rest: native code may be running");
    },
  };
}
