import { type Options, type Program, parse } from "acorn";

/** How the text of a cell is read: as a module with `await` anywhere. */
export const OPTIONS: Options = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
};

/** @throws SyntaxError with acorn's `loc` */
export function parseJavaScript(text: string): Program {
  return parse(text, OPTIONS);
}
