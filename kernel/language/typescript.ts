import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser, type Program } from "acorn";
import { OPTIONS } from "./javascript.js";

declare module "acorn" {
  interface Parser {
    /** What plugins may override; acorn's declarations leave it out. */
    nextToken(): void;
  }
}

/** Tokens that may be read for each letter of the text; most files take less than one for two. */
const PATIENCE = 4;

/** The plugin tries what a `<` may mean, and takes twice as long for each one inside another. */
class TypeScript extends Parser.extend(tsPlugin()) {
  private tokens = 0;

  override nextToken(): void {
    if (++this.tokens > PATIENCE * (this.input.length + 100))
      throw new SyntaxError("takes too long");
    super.nextToken();
  }
}

/** @throws SyntaxError */
export function parseTypeScript(text: string): Program {
  return TypeScript.parse(text, { ...OPTIONS, locations: true });
}
