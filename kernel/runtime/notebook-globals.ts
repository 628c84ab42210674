import type { createPrompts } from "./prompt.js";

export { display, live, progress } from "../display/index.js";
export { defineExtension } from "../extension/contract.js";
export type { Retro } from "./scope.js";

/** What every cell has in scope, declared for the type checker. */
type Prompts = ReturnType<typeof createPrompts>;

/** Asks for a line of text; an empty answer gives `fallback`, or "" without one. */
export declare const prompt: Prompts["prompt"];
/** Asks a yes-or-no question. */
export declare const confirm: Prompts["confirm"];
/** Asks for a line that is not shown while it is typed. */
export declare const password: Prompts["password"];

/** What was typed, by the cell's number. */
export declare const In: Record<number, string>;
// biome-ignore-start lint/suspicious/noExplicitAny: results are of any type.
/** Results, by the cell's number. */
export declare const Out: Record<number, any>;
/** The last result. */
export declare let _: any;
/** The result before the last one. */
export declare let __: any;
/** The result before that. */
export declare let ___: any;
// biome-ignore-end lint/suspicious/noExplicitAny: results are of any type.
