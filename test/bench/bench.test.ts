import { expect, test } from "vitest";
import { type Figure, median, quantile, readOptions, rowOf, shareOf } from "./bench.js";

const time: Figure = { figure: "a cell", unit: "ms", better: "less" };

test("a median of an even number lies between the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});

test("19 of 20 values are at most their 95th percentile", () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  expect(quantile(values, 0.95)).toBe(19);
  expect(quantile([7], 0.95)).toBe(7);
});

test("a target comes from the peers' medians of the same run, and whether it is met from the target", () => {
  const figure = { ...time, target: shareOf({ deno: 0.65, "xeus-python": 0.8 }) };
  const peers = { deno: [3, 2, 9], "xeus-python": [2.5, 2.5, 2.5] };
  expect(rowOf(figure, { retro: [1.9, 1, 2.1], ...peers })).toMatchObject({
    ours: 1.9,
    spread: [1, 2.1],
    peers: { deno: 3, "xeus-python": 2.5 },
    ratio: 1.9 / 3,
    target: 0.65 * 3,
    met: true,
  });
  expect(rowOf(figure, { retro: [2, 2, 2], ...peers })).toMatchObject({ met: false });
});

test("without the peers there is no bar", () => {
  const figure = { ...time, target: shareOf({ deno: 0.65 }) };
  expect(rowOf(figure, { retro: [1] })).toMatchObject({ target: null, met: null, ratio: null });
  expect(rowOf(figure, { retro: [1], deno: ["died"] })).toMatchObject({
    peers: { deno: "died" },
    target: null,
    met: null,
  });
});

test("a failure of ours fails the row; a peer is forgiven if most of its rounds went well", () => {
  const figure = { ...time, target: () => 5 };
  expect(rowOf(figure, { retro: [1, "died", 1], deno: [1, "died", 3] })).toMatchObject({
    ours: "died",
    peers: { deno: 2 },
    met: false,
  });
  expect(rowOf(figure, {})).toMatchObject({ ours: "not measured", met: false });
});

test("what is counted over all rounds is added up, and may have to be more", () => {
  const figure: Figure = { ...time, better: "more", sum: true, target: () => 20 };
  expect(rowOf(figure, { retro: [5, 5, 5, 5] })).toMatchObject({ ours: 20, met: true });
  expect(rowOf(figure, { retro: [5, 5, 4, 5] })).toMatchObject({ ours: 19, met: false });
});

test("options are read from the words after the suite", () => {
  expect(readOptions(["--full", "--peers", "none", "--json", "a.json"])).toEqual({
    full: true,
    peers: "none",
    json: "a.json",
    only: undefined,
  });
});
