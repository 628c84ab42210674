/** A notebook in memory, nbformat 4.5: multi-line text is joined, keys that Retro does not know are kept. */
export interface Notebook {
  cells: Cell[];
  metadata: NotebookMetadata;
  nbformat: 4;
  nbformat_minor: number;
}

export interface NotebookMetadata {
  kernelspec?: { display_name: string; language?: string; name: string };
  language_info?: { name: string; [key: string]: unknown };
  title?: string;
  /** `check`: how strictly cells are checked: off, warn or strict. */
  retro?: { check?: unknown };
  [key: string]: unknown;
}

export interface CellMetadata {
  tags?: string[];
  /** `tolerance`: how far numbers may be from the committed ones, relative or absolute. */
  retro?: { tolerance?: number };
  [key: string]: unknown;
}

export interface CodeCell {
  cell_type: "code";
  execution_count: number | null;
  id: string;
  metadata: CellMetadata;
  outputs: Output[];
  source: string;
}

export interface TextCell {
  attachments?: Record<string, Record<string, unknown>>;
  cell_type: "markdown" | "raw";
  id: string;
  metadata: CellMetadata;
  source: string;
}

export type Cell = CodeCell | TextCell;

export interface StreamOutput {
  name: "stdout" | "stderr";
  output_type: "stream";
  text: string;
}

export interface DisplayData {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  output_type: "display_data";
}

export interface ExecuteResult {
  data: Record<string, unknown>;
  execution_count: number | null;
  metadata: Record<string, unknown>;
  output_type: "execute_result";
}

export interface ErrorOutput {
  ename: string;
  evalue: string;
  output_type: "error";
  traceback: string[];
}

export type Output = StreamOutput | DisplayData | ExecuteResult | ErrorOutput;

/** Whether a media type holds JSON, which is kept as JSON and never as lines of text. */
export function isJsonMime(mime: string): boolean {
  return mime === "application/json" || /^application\/.*\+json$/.test(mime);
}

/** Whether the cell carries the tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}
