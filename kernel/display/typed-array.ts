import { types } from "node:util";
import { shortNumber } from "./numbers.js";
import type { Formatter } from "./registry.js";
import { grouped } from "./text.js";

type TypedArray = Exclude<NodeJS.TypedArray, BigInt64Array | BigUint64Array>;
type BigArray = BigInt64Array | BigUint64Array;

/** Values at the start and at the end that are shown. */
const FIRST = 10;
const LAST = 3;

/** Typed arrays: kind and length, the first and last values, and the summary of all. */
export const typedArray: Formatter = {
  name: "typed array",
  match: types.isTypedArray,
  format: (array: TypedArray | BigArray) => {
    const kind = Buffer.isBuffer(array) ? "Buffer" : array[Symbol.toStringTag];
    const line = `${kind}(${grouped(array.length)}) [${ends(array).join(", ")}]`;
    const facts = summary(array);
    return { data: { "text/plain": facts === "" ? line : `${line}\n${facts}` } };
  },
};

function ends(array: TypedArray | BigArray): string[] {
  const texts = (from: number, to?: number) => Array.from(array.slice(from, to), textOf);
  if (array.length <= FIRST + LAST) return texts(0);
  return [...texts(0, FIRST), "…", ...texts(-LAST)];
}

function summary(array: TypedArray | BigArray): string {
  let min: number | bigint = Infinity;
  let max: number | bigint = -Infinity;
  let sum = 0;
  let nan = 0;
  for (let i = 0; i < array.length; i++) {
    const value = array[i] as number | bigint;
    if (Number.isNaN(value)) nan++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += Number(value);
    }
  }
  const count = array.length - nan;
  const facts = [];
  if (count > 0) {
    facts.push(`min ${textOf(min)}`, `mean ${textOf(sum / count)}`, `max ${textOf(max)}`);
  }
  if (nan > 0) facts.push(`${grouped(nan)} NaN`);
  return facts.join(" · ");
}

function textOf(value: number | bigint): string {
  return typeof value === "bigint" ? String(value) : shortNumber(value);
}
