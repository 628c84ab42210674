/** Where two values first differ, and how. */
export interface Mismatch {
  where: string;
  expected: string;
  actual: string;
}

/** Whether two numbers agree, relative or absolute. */
export function near(a: number, b: number, tolerance: number): boolean {
  const distance = Math.abs(a - b);
  return Object.is(a, b) || distance <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Compares text exactly, save for its numbers; a mismatch shows the first line that differs. */
export function compareText(a: string, b: string, tolerance: number): Mismatch | undefined {
  if (a === b) return undefined;
  const [left, right] = [a.split("\n"), b.split("\n")];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [expected, actual] = [left[i], right[i]];
    if (expected !== undefined && actual !== undefined && sameLine(expected, actual, tolerance))
      continue;
    return { where: `, line ${i + 1}`, expected: quote(expected), actual: quote(actual) };
  }
  return undefined;
}

const NUMBER = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/g;

function sameLine(a: string, b: string, tolerance: number): boolean {
  if (a === b) return true;
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return false;
  const others = b.match(NUMBER) ?? [];
  return (a.match(NUMBER) ?? []).every((n, i) => near(Number(n), Number(others[i]), tolerance));
}

/** Compares JSON deeply, numbers within the tolerance; `$schema` says nothing about content. */
export function compareJson(
  a: unknown,
  b: unknown,
  tolerance: number,
  path = "",
): Mismatch | undefined {
  if (typeof a === "number" && typeof b === "number" && near(a, b, tolerance)) return undefined;
  if (!isHolder(a) || !isHolder(b) || Array.isArray(a) !== Array.isArray(b)) {
    return a === b
      ? undefined
      : { where: ` at ${path || "the top"}`, expected: quote(a), actual: quote(b) };
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    if (key === "$schema") continue;
    const mismatch = compareJson(a[key], b[key], tolerance, path === "" ? key : `${path}.${key}`);
    if (mismatch) return mismatch;
  }
  return undefined;
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
