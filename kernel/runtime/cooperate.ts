import { type Cooperation, installCooperation } from "../extension/cooperation.js";
import { Slot } from "./bridge.js";
import { currentCell, Interrupted } from "./cell.js";

/** Gives running code the interrupt flag, `critical` and the cell's AbortSignal. */
export function installKernelCooperation(control: Int32Array): void {
  const cooperation: Cooperation = {
    interrupted: () => Atomics.load(control, Slot.interrupt) === 1 || currentCell().interrupted,
    critical<T>(update: () => T): T {
      Atomics.add(control, Slot.critical, 1);
      try {
        return update();
      } finally {
        const depth = Atomics.sub(control, Slot.critical, 1) - 1;
        if (depth === 0 && Atomics.load(control, Slot.interrupt) === 1) throw new Interrupted();
      }
    },
    get signal() {
      return currentCell().controller.signal;
    },
  };
  installCooperation(cooperation);
}
