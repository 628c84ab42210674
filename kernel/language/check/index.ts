export type { CheckedText } from "./cell-modules.js";
export { Checker, type Verdict } from "./checker.js";
export { Compiler, CompilerLost } from "./compiler.js";
export { explain } from "./hover.js";
export { type Suggestions, suggestions } from "./suggestions.js";
