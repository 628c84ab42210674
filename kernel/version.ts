import manifest from "../package.json" with { type: "json" };

/** The version of this package. */
export const VERSION: string = manifest.version;

/** The version of TypeScript whose syntax cells may use. */
export const TYPESCRIPT = "7.0";
