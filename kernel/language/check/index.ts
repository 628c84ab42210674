export { Checker } from "./checker.js";
export { CompilerLost } from "./compiler.js";
