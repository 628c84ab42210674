export { type CheckedText, Checker, type Verdict } from "./checker.js";
export { CompilerLost } from "./compiler.js";
