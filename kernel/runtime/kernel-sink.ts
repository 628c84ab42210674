import { installSink } from "../display/sink.js";
import type { ToServer } from "./bridge.js";
import { currentCell } from "./cell.js";

/** Sends what is displayed to the front end, as output of the cell whose code displays it. */
export function installKernelSink(post: (message: ToServer) => void): void {
  installSink({
    display: (rendered, displayId) =>
      post({ type: "display", run: currentCell().run, rendered, displayId }),
    update: (rendered, displayId) =>
      post({ type: "update", run: currentCell().run, rendered, displayId }),
    clear: (wait) => post({ type: "clear", run: currentCell().run, wait }),
    pending(work) {
      const { pending } = currentCell();
      pending.add(work);
      const done = () => pending.delete(work);
      work.then(done, done);
    },
    atEnd: (last) => currentCell().closing.push(last),
  });
}
