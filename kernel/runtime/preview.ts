import { type InspectOptions, inspect, types } from "node:util";
import { className, functionName, isClass, itemCount, prototypes, seen } from "./own-data.js";

const ITEMS = 10;
const DEPTH = 2;
const OPTIONS: InspectOptions = {
  depth: 4,
  breakLength: 80,
  maxArrayLength: ITEMS + 1,
  maxStringLength: 200,
};

/** Text that `inspect` shows as it is. */
class Label {
  constructor(private readonly text: string) {}
  [inspect.custom](): string {
    return this.text;
  }
}

/**
 * A short text for a value, made without running any code of the user's.
 *
 * `inspect` reads `Symbol.toStringTag` and `constructor.name`, which may be getters, so it is
 * given a copy that holds plain data only.
 */
export function preview(value: unknown): string {
  return inspect(copy(value, 0), OPTIONS);
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === "function") return functionLabel(value);
  if (typeof value !== "object" || value === null) return value;
  if (types.isProxy(value)) return new Label("[Proxy]");
  const name = className(value);
  const count = itemCount(value);
  if (depth > DEPTH)
    return new Label(`[${name ?? "Object"}${count === undefined ? "" : `(${count})`}]`);
  if (count !== undefined) return collection(value, name ?? "Object", count, depth);
  if (types.isDate(value)) return dateLabel(value);
  if (types.isRegExp(value)) return regExpLabel(value);
  if (types.isNativeError(value)) return errorLabel(value, name ?? "Error");
  if (types.isBoxedPrimitive(value) || types.isPromise(value)) return new Label(`[${name}]`);
  return labelled(fields(value, depth), name ?? "");
}

function collection(value: object, name: string, count: number, depth: number): unknown {
  const items: unknown[] = [];
  if (types.isMap(value)) {
    for (const [key, item] of Map.prototype.entries.call(value)) {
      if (items.push([copy(key, depth + 1), copy(item, depth + 1)]) === ITEMS) break;
    }
  } else if (types.isSet(value)) {
    for (const item of Set.prototype.values.call(value)) {
      if (items.push(copy(item, depth + 1)) === ITEMS) break;
    }
  } else {
    for (let i = 0; i < Math.min(count, ITEMS); i++) {
      const item = seen(value, i);
      items.push(
        typeof item === "object"
          ? copy(item.value, depth + 1)
          : new Label(item === "accessor" ? "[Getter]" : "<empty>"),
      );
    }
  }
  if (count > ITEMS) items.push(new Label(`… ${count - ITEMS} more`));
  return labelled(items, name === "Array" ? "" : `${name}(${count})`);
}

function fields(value: object, depth: number): object {
  const result: Record<string, unknown> = {};
  const keys = Object.keys(value);
  for (const key of keys.slice(0, ITEMS)) {
    const field = seen(value, key);
    const shown = typeof field === "object" ? copy(field.value, depth + 1) : new Label("[Getter]");
    Object.defineProperty(result, key, { value: shown, enumerable: true });
  }
  if (keys.length > ITEMS) result["…"] = new Label(`${keys.length - ITEMS} more`);
  return result;
}

function labelled(content: object, name: string): unknown {
  if (name === "") return content;
  return {
    [inspect.custom]: (_: number, options: InspectOptions) =>
      `${name} ${inspect(content, options)}`,
  };
}

function functionLabel(value: object): Label {
  if (types.isProxy(value)) return new Label("[Proxy]");
  const name = functionName(value) || "(anonymous)";
  return new Label(isClass(value) ? `[class ${name}]` : `[Function: ${name}]`);
}

function dateLabel(value: Date): Label {
  const time = Date.prototype.getTime.call(value);
  return new Label(Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString());
}

function regExpLabel(value: RegExp): Label {
  const plain =
    prototypes(value).next().value === RegExp.prototype && Object.keys(value).length === 0;
  return new Label(plain ? RegExp.prototype.toString.call(value) : "[RegExp]");
}

function errorLabel(value: Error, name: string): Label {
  const message = seen(value, "message");
  const text = typeof message === "object" ? message.value : "";
  return new Label(`${name}${typeof text === "string" && text !== "" ? `: ${text}` : ""}`);
}
