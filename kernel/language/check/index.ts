export type { CheckedText } from "./checked-text.js";
export { Checker, type Verdict } from "./checker.js";
export { Compiler, CompilerLost } from "./compiler.js";
export { explain } from "./hover.js";
export { type Suggestions, suggestions } from "./suggestions.js";
