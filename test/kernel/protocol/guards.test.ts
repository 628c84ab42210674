import { expect, test } from "vitest";
import { cursorRequest, executeRequest } from "../../../kernel/protocol/guards.js";

test("an execute request has the protocol's defaults", () => {
  expect(executeRequest({ code: "1" })).toEqual({
    code: "1",
    silent: false,
    storeHistory: true,
    userExpressions: {},
    allowStdin: false,
    stopOnError: true,
  });
});

test("silent means that nothing is stored", () => {
  expect(executeRequest({ code: "", silent: true, store_history: true }).storeHistory).toBe(false);
});

test.each([
  [{}, "code must be text, not undefined"],
  [{ code: null }, "code must be text, not null"],
  [{ code: "", silent: 1 }, "silent must be true or false, not 1"],
  [{ code: "", user_expressions: [] }, "user_expressions must map names to expressions"],
])("%j is refused", (content, message) => {
  expect(() => executeRequest(content)).toThrow(message);
});

test("a cursor is a position", () => {
  expect(cursorRequest({ code: "ab", cursor_pos: 1 })).toEqual({
    code: "ab",
    cursor: 1,
    detail: 0,
  });
  expect(() => cursorRequest({ code: "ab", cursor_pos: 0.5 })).toThrow("cursor_pos is 0.5");
});
