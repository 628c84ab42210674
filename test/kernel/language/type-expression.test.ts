import { expect, test } from "vitest";
import { isTypeExpression } from "../../../kernel/language/type-expression.js";

test.each([
  "number",
  "{ a: string; 'b c'?: number | null }[]",
  'import("retro-kernel").Frame<{ id: number }>',
  "Record<string, (x: number) => void>",
  '"https://example.com/*"',
  "keyof Foo | [a: number, b?: string]",
  "T extends string ? 1 : 2",
])("a type: %s", (text) => {
  expect(isTypeExpression(text)).toBe(true);
});

test.each([
  "",
  "a b",
  "number, string",
  "number); let x = (1",
  "number); type U = (string",
  "number // comment",
  "number /* comment */",
  "{ a: string",
  "1 + 2",
  "number;",
  "x".repeat(20_001),
  12,
  null,
])("no type: %s", (text) => {
  expect(isTypeExpression(text)).toBe(false);
});
