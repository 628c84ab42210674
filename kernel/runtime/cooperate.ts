import { type Cooperation, installCooperation } from "../extension/cooperation.js";
import { Slot } from "./bridge.js";
import { currentCell, Interrupted } from "./cell.js";

/** Gives running code the interrupt flag, `critical` and the cell's AbortSignal. */
export function installKernelCooperation(control: Int32Array): void {
  const cooperation: Cooperation = {
    interrupted: () => Atomics.load(control, Slot.interrupt) === 1 || currentCell().interrupted,
    critical<T>(update: () => T): T {
      Atomics.add(control, Slot.critical, 1);
      let value: T;
      try {
        value = update();
      } finally {
        Atomics.sub(control, Slot.critical, 1);
      }
      const outermost = Atomics.load(control, Slot.critical) === 0;
      if (outermost && Atomics.load(control, Slot.interrupt) === 1) throw new Interrupted();
      return value;
    },
    get signal() {
      return currentCell().controller.signal;
    },
  };
  installCooperation(cooperation);
}
