import { expect, test } from "vitest";
import { UserNames } from "../../../kernel/runtime/user-names.js";

test("forgets what cells declared, and puts back what stood in its place", () => {
  const scope: Record<string, unknown> = { fetch: 1, display: 2, library: 3 };
  Object.defineProperty(scope, "lazy", { get: () => "lazy", configurable: true, enumerable: true });
  const names = new UserNames(scope, ["display"]);
  names.declare(["a", "fetch", "lazy", "moduleName"], ["moduleName"]);
  expect(Object.hasOwn(scope, "moduleName")).toBe(false);
  Object.assign(scope, { a: 5, fetch: 6, display: null, moduleName: {}, added: 7 });
  Object.defineProperty(scope, "lazy", { value: 8, writable: true });
  expect(names.entries()).toEqual([
    ["a", 5],
    ["fetch", 6],
    ["lazy", 8],
    ["moduleName", {}],
  ]);
  names.declare([], []);
  names.forget();
  expect(scope).toEqual({ fetch: 1, display: 2, library: 3, lazy: "lazy", added: 7 });
  expect(Object.getOwnPropertyDescriptor(scope, "lazy")?.get).toBeDefined();
  expect(names.entries()).toEqual([]);
});

test("a cell that forgets goes on with the names that it declares itself", () => {
  const scope: Record<string, unknown> = {};
  const names = new UserNames(scope, []);
  names.declare(["a"], []);
  scope.a = 1;
  names.declare(["a", "b"], []);
  names.forget();
  expect(scope).toEqual({ a: undefined, b: undefined });
  scope.b = 2;
  expect(names.entries()).toEqual([
    ["a", undefined],
    ["b", 2],
  ]);
});

test("what can no longer be deleted is emptied", () => {
  const scope: Record<string, unknown> = {};
  const names = new UserNames(scope, []);
  names.declare(["f"], []);
  Object.defineProperty(scope, "f", { value: () => 1, configurable: false });
  names.declare([], []);
  names.forget();
  expect(scope.f).toBeUndefined();
  expect(names.entries()).toEqual([]);
});
