import type { Message } from "../protocol/message.js";
import type { CodeCell, DisplayData, ExecuteResult, Output } from "./nbformat.js";

/** What iopub messages leave in the cells of one run, as a notebook that stays open would show it. */
export class CellOutputs {
  readonly #displays = new Map<string, (DisplayData | ExecuteResult)[]>();

  /** A listener that puts the messages of one request into its cell. */
  into(cell: CodeCell): (message: Message) => void {
    let clearNext = false;
    const add = (output: Output) => {
      if (clearNext) cell.outputs = [];
      clearNext = false;
      append(cell, output);
    };
    return ({ header, content }) => {
      switch (header.msg_type) {
        case "stream": {
          const { name, text } = content as { name: "stdout" | "stderr"; text: string };
          return add({ name, output_type: "stream", text });
        }
        case "display_data":
          return add(this.#remember({ ...bundle(content), output_type: "display_data" }, content));
        case "execute_result": {
          const execution_count = content.execution_count as number;
          const output = {
            ...bundle(content),
            execution_count,
            output_type: "execute_result",
          } as const;
          return add(this.#remember(output, content));
        }
        case "error": {
          const { ename, evalue, traceback } = content as { [key in ErrorField]: never };
          return add({ ename, evalue, output_type: "error", traceback });
        }
        case "update_display_data":
          for (const shown of this.#displays.get(displayId(content) ?? "") ?? []) {
            Object.assign(shown, bundle(content));
          }
          return;
        case "clear_output":
          if (content.wait === true) clearNext = true;
          else cell.outputs = [];
          return;
        case "execute_input":
          cell.execution_count = content.execution_count as number;
      }
    };
  }

  #remember<O extends DisplayData | ExecuteResult>(output: O, content: Content): O {
    const id = displayId(content);
    if (id !== undefined) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
    return output;
  }
}

type Content = Record<string, unknown>;
type ErrorField = "ename" | "evalue" | "traceback";

function bundle(content: Content): Pick<DisplayData, "data" | "metadata"> {
  return {
    data: content.data as DisplayData["data"],
    metadata: (content.metadata ?? {}) as DisplayData["metadata"],
  };
}

function displayId(content: Content): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function append(cell: CodeCell, output: Output): void {
  const last = cell.outputs.at(-1);
  if (
    output.output_type !== "stream" ||
    last?.output_type !== "stream" ||
    last.name !== output.name
  ) {
    if (output.output_type === "stream") output.text = overwrite(output.text);
    cell.outputs.push(output);
  } else if (output.text.includes("\r") || last.text.endsWith("\r")) {
    last.text = overwrite(last.text + output.text);
  } else {
    last.text += output.text;
  }
}

/** A line that a carriage return wrote anew is kept in its last form only. */
function overwrite(text: string): string {
  return text.replace(/[^\n]*\r(?=[^\r\n])/g, "");
}
