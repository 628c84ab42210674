export { type Checkable, checkable } from "./checkable.js";
export { complete } from "./complete.js";
export { completeMagic, type KnownMagic } from "./complete-magic.js";
export { inspect } from "./inspect.js";
export { isComplete } from "./is-complete.js";
export { joinCompletions } from "./join-completions.js";
export { cellMagic, magicLines } from "./magic.js";
export { mapOf, rewrite } from "./rewrite.js";
export { isTypeExpression } from "./type-expression.js";
