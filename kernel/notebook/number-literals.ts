import type { Node } from "jsonc-parser";

/**
 * How numbers were spelled in the file they came from (`1.0`, `1e-05`, more digits than a double
 * holds), so that a file that is read and written again keeps them.
 */
const spelled = new WeakMap<object, Map<string, { value: number; literal: string }>>();

/** Remembers every number of `value` that JavaScript would spell otherwise than `text` did. */
export function rememberLiterals(node: Node, value: unknown, text: string): void {
  if (typeof value !== "object" || value === null) return;
  const entries =
    node.type === "object"
      ? (node.children ?? []).map(
          (p) => [p.children?.[0]?.value as string, p.children?.[1]] as const,
        )
      : (node.children ?? []).map((child, i) => [String(i), child] as const);
  for (const [key, child] of entries) {
    if (child === undefined) continue;
    const held = (value as Record<string, unknown>)[key];
    if (typeof held !== "number") rememberLiterals(child, held, text);
    else {
      const literal = text.slice(child.offset, child.offset + child.length);
      if (literal === formatNumber(held)) continue;
      const known = spelled.get(value) ?? new Map();
      spelled.set(value, known);
      known.set(key, { value: held, literal });
    }
  }
}

/** The number at `holder[key]` as its file spelled it, unless it has changed since. */
export function literalOf(holder: object, key: string, value: number): string {
  const known = spelled.get(holder)?.get(key);
  return known !== undefined && Object.is(known.value, value) ? known.literal : formatNumber(value);
}

/** A number as Jupyter saves it: Python's spelling of what JavaScript sends (`1e-05`, `1.5e+16`). */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const sent = String(value);
  if (/^-?\d+$/.test(sent)) return sent;
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) return sent;
  const sign = exponent < 0 ? "-" : "+";
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
