import { withoutReplaced } from "./augmentation.js";
import type { CheckedText } from "./checked-text.js";
import type { Declarations } from "./declarations.js";

/** A cell whose declarations others may need. */
export interface Kept {
  cell: CheckedText;
  /** Modules that its prelude names. */
  needs: Set<number>;
  prelude: string;
  /** One that augments what all cells see stays though no name of it is left. */
  declarations: Declarations;
}

/** Which cell is in which module. */
export class KeptCells extends Map<number, Kept> {
  augmenting(): [module: number, Kept][] {
    return [...this].filter(([, { declarations }]) => declarations.augmentations.length > 0);
  }

  /** What augments already, without what a cell that is run again, or its like, augments anew. */
  augmentedBefore({ augmentations }: Declarations): [module: number, Kept][] {
    return this.augmenting().map(([module, kept]) => {
      const { cell, declarations } = kept;
      const { text, left } = withoutReplaced(cell.text, declarations.augmentations, augmentations);
      const rest = { ...declarations, augmentations: left };
      return [module, { ...kept, cell: { ...cell, text }, declarations: rest }];
    });
  }

  /** Lets go of modules that no name and no other module needs. */
  sweep(needed: Set<number>): void {
    for (const [module] of this.augmenting()) needed.add(module);
    for (const module of needed) {
      // A set goes on with what is added while it is walked.
      for (const other of this.get(module)?.needs ?? []) needed.add(other);
    }
    for (const module of this.keys()) if (!needed.has(module)) this.delete(module);
  }
}
