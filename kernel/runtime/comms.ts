import { randomUUID } from "node:crypto";
import { didYouMean, InputError } from "../extension/input-error.js";
import type { CommOrder, ToServer } from "./bridge.js";
import { currentCell } from "./cell.js";

type Data = Record<string, unknown>;

/** A message that came over a comm. */
export interface CommMessage {
  data: Data;
  metadata: Data;
  buffers: Uint8Array[];
}

/** A two-way line to the front end, as Jupyter's widgets use it. */
export class Comm {
  onMessage: ((message: CommMessage) => void) | undefined;
  onClose: ((message: CommMessage) => void) | undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly post: (
      type: CommOrder["type"],
      comm: Comm,
      message: Partial<CommMessage>,
    ) => void,
  ) {}

  send(data: Data, more: { metadata?: Data; buffers?: Uint8Array[] } = {}): void {
    this.post("comm_msg", this, { data, ...more });
  }

  close(data: Data = {}): void {
    this.post("comm_close", this, { data });
  }
}

/** The comms of a kernel and the targets that front ends may open. */
export class Comms {
  private readonly targets = new Map<string, (comm: Comm, message: CommMessage) => void>();
  private readonly open_ = new Map<string, Comm>();

  constructor(private readonly toServer: (message: ToServer) => void) {}

  /** Answers the comms that a front end opens to `target`. */
  register(target: string, handler: (comm: Comm, message: CommMessage) => void): void {
    this.targets.set(target, handler);
  }

  /** Opens a comm to a target of the front end. */
  open(
    target: string,
    data: Data = {},
    more: { metadata?: Data; buffers?: Uint8Array[] } = {},
  ): Comm {
    const comm = new Comm(randomUUID().replaceAll("-", ""), target, this.post);
    this.open_.set(comm.id, comm);
    this.post("comm_open", comm, { data, ...more });
    return comm;
  }

  /** The open comms' targets by their ids. */
  list(): Record<string, string> {
    return Object.fromEntries([...this.open_.values()].map((comm) => [comm.id, comm.target]));
  }

  /** What came from the front end. */
  receive(order: CommOrder): void {
    const id = String(order.content.comm_id);
    const message: CommMessage = {
      data: (order.content.data as Data) ?? {},
      metadata: order.metadata,
      buffers: order.buffers,
    };
    if (order.type === "comm_open") {
      const target = String(order.content.target_name);
      const handler = this.targets.get(target);
      const comm = new Comm(id, target, this.post);
      if (!handler) {
        comm.close();
        throw new InputError(
          `the front end opened a comm to the unknown target "${target}"${didYouMean(target, this.targets.keys())}; retro.comms.register(target, handler) answers it`,
        );
      }
      this.open_.set(id, comm);
      handler(comm, message);
      return;
    }
    const comm = this.open_.get(id);
    if (!comm) return;
    if (order.type === "comm_close") {
      this.open_.delete(id);
      comm.onClose?.(message);
    } else {
      comm.onMessage?.(message);
    }
  }

  private readonly post = (
    type: CommOrder["type"],
    comm: Comm,
    { data = {}, metadata = {}, buffers = [] }: Partial<CommMessage>,
  ): void => {
    if (type === "comm_close") this.open_.delete(comm.id);
    const content =
      type === "comm_open"
        ? { comm_id: comm.id, target_name: comm.target, data }
        : { comm_id: comm.id, data };
    this.toServer({ type, run: currentCell().run, content, metadata, buffers });
  };
}
