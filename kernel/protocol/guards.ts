/** What a client may ask a cell to run. */
export interface ExecuteRequest {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  userExpressions: Record<string, string>;
  allowStdin: boolean;
  stopOnError: boolean;
}

/** A message whose content is not what the protocol says. */
export class BadRequest extends Error {
  override name = "BadRequest";
}

type Content = Record<string, unknown>;

/** Reads an `execute_request`; missing fields have the protocol's defaults. */
export function executeRequest(content: Content): ExecuteRequest {
  const silent = flag(content, "silent", false);
  const expressions = content.user_expressions ?? {};
  if (typeof expressions !== "object" || Array.isArray(expressions)) {
    throw new BadRequest("user_expressions must map names to expressions");
  }
  return {
    code: text(content, "code"),
    silent,
    storeHistory: !silent && flag(content, "store_history", true),
    userExpressions: Object.fromEntries(
      Object.entries(expressions ?? {}).map(([name, code]) => [name, String(code)]),
    ),
    allowStdin: flag(content, "allow_stdin", false),
    stopOnError: flag(content, "stop_on_error", true),
  };
}

/** Reads the code and cursor of a `complete_request` or `inspect_request`; the cursor counts code points. */
export function cursorRequest(content: Content): { code: string; cursor: number; detail: 0 | 1 } {
  const code = text(content, "code");
  const cursor = content.cursor_pos ?? code.length;
  if (typeof cursor !== "number" || !Number.isInteger(cursor) || cursor < 0) {
    throw new BadRequest(`cursor_pos is ${JSON.stringify(cursor)}, not a position`);
  }
  return { code, cursor, detail: content.detail_level === 1 ? 1 : 0 };
}

/** A field that must be text. */
export function text(content: Content, field: string): string {
  const value = content[field];
  if (typeof value === "string") return value;
  throw new BadRequest(`${field} must be text, not ${value === null ? "null" : typeof value}`);
}

function flag(content: Content, field: string, otherwise: boolean): boolean {
  const value = content[field] ?? otherwise;
  if (typeof value === "boolean") return value;
  throw new BadRequest(`${field} must be true or false, not ${JSON.stringify(value)}`);
}
