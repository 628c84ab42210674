import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Slot, type ToServer } from "./bridge.js";
import { type Cell, currentCell } from "./cell.js";

/** `prompt`, `confirm` and `password` as in a browser: they wait for the answer of the front end. */
export function createPrompts(
  post: (message: ToServer) => void,
  control: Int32Array,
  input: MessagePort,
) {
  const ask = (cell: Cell, text: string, hidden: boolean): string => {
    if (!cell.allowStdin) {
      throw new Error(
        "this front end takes no input: the cell was run without allow_stdin (a script, a test or Run All in a report)",
      );
    }
    const ticket = Atomics.load(control, Slot.input);
    post({ type: "input", run: cell.run, prompt: text, password: hidden });
    for (;;) {
      const answer = receiveMessageOnPort(input);
      if (answer) return String(answer.message);
      Atomics.wait(control, Slot.input, ticket, 1_000);
    }
  };
  return {
    /** Asks for a line of text; an empty answer gives `fallback`, or "" without one. */
    prompt(text = "", fallback = ""): string {
      return ask(currentCell(), text, false) || fallback;
    },
    /** Asks a yes-or-no question. */
    confirm(text = ""): boolean {
      return /^\s*y(es)?\s*$/i.test(ask(currentCell(), `${text} [y/N] `, false));
    },
    /** Asks for a line that is not shown while it is typed. */
    password(text = ""): string {
      return ask(currentCell(), text, true);
    },
  };
}
