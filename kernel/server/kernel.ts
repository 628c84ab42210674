import type { Message } from "../protocol/message.js";
import type { ToMain } from "../runtime/bridge.js";
import type { CrashRecord } from "./crash-record.js";
import type { History } from "./history.js";
import type { IOPub } from "./iopub.js";
import type { Known } from "./known.js";
import type { Runs } from "./runs.js";
import type { Streams } from "./streams.js";
import type { TypeCheck } from "./type-check.js";

/** What the parts of the protocol thread share. */
export interface Kernel {
  iopub: IOPub;
  streams: Streams;
  history: History;
  runs: Runs;
  crashes: CrashRecord;
  types: TypeCheck;
  known: Known;
  /** Slots shared with the main thread. */
  control: Int32Array;
  post: (message: ToMain) => void;
  /** Answers a request on the socket it came from, when `after` is over. */
  reply: (request: Message, content: Record<string, unknown>, after?: Promise<void>) => void;
  /** Tells the operator, on the process's own stderr, of a fault in the kernel. */
  log: (error: unknown) => void;
}
