import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { encode } from "../protocol/frames.js";
import { type Header, type Message, PROTOCOL_VERSION } from "../protocol/message.js";

/** What a message may carry beside its content. */
export interface Extras {
  identities?: Uint8Array[];
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** Makes this kernel's messages: one session id a process, a new message id each. */
export class Session {
  readonly id = randomUUID();
  private readonly username = name();
  private sent = 0;

  constructor(private readonly key: string) {}

  header(type: string): Header {
    return {
      msg_id: `${this.id}_${this.sent++}`,
      session: this.id,
      username: this.username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
  }

  /** The frames of a new message, signed. */
  frames(
    header: Header,
    content: object,
    parent: Header | undefined,
    { identities = [], metadata = {}, buffers = [] }: Extras = {},
  ): Uint8Array[] {
    const message: Message = {
      identities,
      header,
      parent_header: parent ?? {},
      metadata,
      content: content as Record<string, unknown>,
      buffers,
    };
    return encode(message, this.key);
  }
}

function name(): string {
  try {
    return userInfo().username;
  } catch {
    return "kernel";
  }
}
