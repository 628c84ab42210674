import { afterEach, expect, test, vi } from "vitest";
import { denoNotebook } from "../../../kernel/display/deno.js";

afterEach(() => vi.unstubAllGlobals());

test("outputs go where Deno's kernel sends its own", () => {
  const broadcast = vi.fn();
  vi.stubGlobal("Deno", { jupyter: { broadcast } });
  const sink = denoNotebook();
  const data = { "text/plain": "1" };
  sink?.display({ data }, "a");
  sink?.update({ data, metadata: { m: 1 } }, "a");
  sink?.display({ data });
  sink?.clear(true);
  expect(broadcast.mock.calls).toEqual([
    ["display_data", { data, metadata: {}, transient: { display_id: "a" } }],
    ["update_display_data", { data, metadata: { m: 1 }, transient: { display_id: "a" } }],
    ["display_data", { data, metadata: {}, transient: {} }],
    ["clear_output", { wait: true }],
  ]);
});

test("without a notebook of Deno's there is no such place", () => {
  expect(denoNotebook()).toBeUndefined();
  vi.stubGlobal("Deno", {
    get jupyter() {
      throw new Error("Deno.jupyter is only available in `deno jupyter` subcommand");
    },
  });
  expect(denoNotebook()).toBeUndefined();
});
