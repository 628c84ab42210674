import { installSink, type Rendered } from "../../../kernel/display/index.js";

/** What a sink was told, in order. */
export interface Sent {
  kind: "display" | "update" | "clear";
  rendered?: Rendered;
  id?: string;
  wait?: boolean;
}

/** Stands in for a notebook: keeps what is sent and the work that a cell would wait for. */
export function notebookSink(): {
  sent: Sent[];
  pending: Promise<unknown>[];
  /** The cell's code ended. */
  endCell(): void;
  texts(): unknown[];
} {
  const sent: Sent[] = [];
  const pending: Promise<unknown>[] = [];
  const closing: (() => void)[] = [];
  installSink({
    display: (rendered, id) => sent.push({ kind: "display", rendered, id }),
    update: (rendered, id) => sent.push({ kind: "update", rendered, id }),
    clear: (wait) => sent.push({ kind: "clear", wait }),
    pending: (work) => pending.push(work),
    atEnd: (last) => closing.push(last),
  });
  const endCell = () => {
    for (const last of closing.splice(0)) last();
  };
  return {
    sent,
    pending,
    endCell,
    texts: () => sent.map(({ rendered }) => rendered?.data["text/plain"]),
  };
}
