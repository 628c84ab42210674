import { beforeEach, expect, test, vi } from "vitest";
import { defineExtension } from "../../../kernel/extension/contract.js";
import { datasetsOf } from "../../../kernel/extension/datasets.js";
import { ExtensionRegistry } from "../../../kernel/extension/registry.js";

type Scope = { [name: string]: Scope };
let scope: Scope;
let registry: ExtensionRegistry;
beforeEach(() => {
  scope = { retro: { kept: {} as Scope } };
  registry = new ExtensionRegistry(scope);
});

const gan = (load = async () => ({ Generator: class {} })) =>
  defineExtension({
    name: "gan",
    names: { "retro.models.gan": { load, doc: "Generative adversarial networks." } },
  });

test("a name costs nothing until a cell touches it", async () => {
  const load = vi.fn(async () => ({ Generator: class {} }));
  await registry.add(gan(load), "built in");
  expect(registry.names()).toEqual([
    { name: "retro.models.gan", doc: "Generative adversarial networks." },
  ]);
  await registry.touch(["x", "retro.models.ganache", "retro.extensions"]);
  expect(load).not.toHaveBeenCalled();
  expect(() => scope.retro?.models?.gan).toThrow("retro.models.gan is not loaded yet");
  await registry.touch(["retro.models.gan.Generator"]);
  await registry.touch(["retro.models"]);
  expect(load).toHaveBeenCalledTimes(1);
  expect(scope.retro?.models?.gan).toHaveProperty("Generator");
  expect(registry.states()).toMatchObject([
    { name: "gan", from: "built in", loaded: ["retro.models.gan"] },
  ]);
});

test("once loaded, a name is a value that completion may look at, unless it is the user's by then", async () => {
  await registry.add(gan(), "built in");
  await registry.touch(["retro.models.gan"]);
  const models = scope.retro?.models as Scope;
  expect(Object.getOwnPropertyDescriptor(models, "gan")?.value).toHaveProperty("Generator");
  await registry.add(
    { name: "rl", names: { "retro.models.rl": { load: async () => ({ default: 5 }) } } },
    "file",
  );
  Object.assign(models, { rl: "mine" });
  await registry.touch(["retro.models.rl"]);
  expect(models.rl).toBe("mine");
});

test("dotted names of several extensions merge, and leave again", async () => {
  await registry.add(gan(), "built in");
  await registry.add(
    { name: "rl", names: { "retro.models.rl": { load: async () => ({ default: 5 }) } } },
    "file",
  );
  await registry.touch(["retro"]);
  expect(Object.keys(scope.retro?.models ?? {})).toEqual(["gan", "rl"]);
  expect(scope.retro?.models?.rl).toBe(5);
  registry.remove("gan");
  expect(Object.keys(scope.retro?.models ?? {})).toEqual(["rl"]);
  expect(scope.retro).toHaveProperty("kept");
});

test.each([
  [{ name: "b", names: { "retro.models.gan": { load: async () => ({}) } } }, '"gan" and "b"'],
  [{ name: "b", names: { "retro.models": { load: async () => ({}) } } }, '"gan" and "b"'],
  [{ name: "b", names: { "retro.models.gan.x": { load: async () => ({}) } } }, '"gan" and "b"'],
  [{ name: "gan" }, 'two extensions are named "gan"'],
])("two owners of one path are an error that names both", async (other, message) => {
  await registry.add(gan(), "built in");
  await expect(registry.add(other, "user")).rejects.toThrow(message);
  expect(registry.states()).toHaveLength(1);
});

test("a setup's undo runs at removal, and a failing setup leaves nothing behind", async () => {
  const undo = vi.fn();
  await registry.add({ name: "a", setup: () => undo }, "user");
  registry.remove("a");
  expect(undo).toHaveBeenCalledTimes(1);
  const broken = {
    ...gan(),
    setup: () => {
      throw new Error("no licence");
    },
  };
  await expect(registry.add(broken, "user")).rejects.toThrow("no licence");
  expect(registry.names()).toEqual([]);
});

test("a name that fails to load says so, and may be tried again", async () => {
  let tries = 0;
  const load = async () => {
    if (++tries === 1) throw new Error("offline");
    return { ok: true };
  };
  await registry.add(gan(load as never), "built in");
  await expect(registry.touch(["retro.models.gan"])).rejects.toThrow(
    "retro.models.gan could not be loaded",
  );
  await registry.touch(["retro.models.gan"]);
  expect(scope.retro?.models?.gan).toEqual({ ok: true });
});

test("an unknown data set or magic is answered with the nearest", async () => {
  const campaign = { title: "t", source: "generated", licence: "Apache-2.0", load: () => 1 };
  await registry.add(
    { name: "a", datasets: { campaign }, magics: { hello: { doc: "Greets.", run: () => "hi" } } },
    "built in",
  );
  const load = datasetsOf(() => registry.datasets()).load as (name: string) => unknown;
  expect(load("campaign")).toBe(1);
  expect(() => load("campain")).toThrow('did you mean "campaign"?');
  expect(() => registry.magic("helo")).toThrow('there is no magic %helo (did you mean "hello"?)');
});

test("magics of the kernel and of extensions are one list, and each has its form", async () => {
  const run = () => 1;
  const own = { who: { doc: "Lists.", form: "line", run } } as const;
  registry = new ExtensionRegistry(scope, own);
  await registry.add(
    { name: "a", magics: { sql: { doc: "Asks.", form: "cell", run } } },
    "built in",
  );
  expect(Object.keys(registry.magics())).toEqual(["who", "sql"]);
  expect(registry.magic("who").doc).toBe("Lists.");
  expect(registry.magic("sql", "cell").doc).toBe("Asks.");
  expect(() => registry.magic("sql")).toThrow("%sql takes a cell: write %%sql in its first line");
  expect(() => registry.magic("who", "cell")).toThrow("%%who takes no cell: write %who in a line");
  expect(() => registry.magic("sqll", "cell")).toThrow(
    'there is no magic %%sqll (did you mean "sql"?); known: who, sql',
  );
  await expect(registry.add({ name: "b", magics: { who: own.who } }, "user")).rejects.toThrow(
    'the magic "who" is claimed by the kernel and the extension "b"',
  );
  await expect(
    registry.add({ name: "c", magics: { sql: { doc: "", run } } }, "user"),
  ).rejects.toThrow('the magic "sql" is claimed by the extensions "a" and "c"');
});

test("the first extension that knows a value's type tells it", async () => {
  await registry.add({ name: "a", describeType: () => undefined }, "built in");
  await registry.add(
    { name: "b", describeType: (value) => (value === 1 ? "One" : undefined) },
    "user",
  );
  expect(registry.describeType(1)).toBe("One");
  expect(registry.describeType(2)).toBeUndefined();
});
