import type { MessagePort } from "node:worker_threads";
import type { Message } from "../protocol/message.js";
import { Slot } from "../runtime/bridge.js";
import type { Outbox } from "./outbox.js";
import type { Session } from "./session.js";

/** Asks the front end that runs a cell for input and hands its answer to the waiting cell. */
export class Stdin {
  private expected: string | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly session: Session,
    private readonly control: Int32Array,
    private readonly input: MessagePort,
  ) {}

  /** Sends an `input_request` to the requester alone. */
  ask(request: Message, prompt: string, password: boolean): void {
    const header = this.session.header("input_request");
    this.expected = header.msg_id;
    const { identities } = request;
    this.outbox.push(
      this.session.frames(header, { prompt, password }, request.header, { identities }),
    );
  }

  /** An `input_reply`; answers to earlier questions, or to none, are dropped. */
  answer(reply: Message): void {
    if (reply.header.msg_type !== "input_reply" || this.expected === undefined) return;
    const about = reply.parent_header.msg_id;
    if (about !== undefined && about !== this.expected) return;
    this.expected = undefined;
    const { value } = reply.content;
    this.input.postMessage(typeof value === "string" ? value : "");
    Atomics.add(this.control, Slot.input, 1);
    Atomics.notify(this.control, Slot.input);
  }

  /** The cell that asked was interrupted: its answer is no longer wanted. */
  forget(): void {
    this.expected = undefined;
  }
}
