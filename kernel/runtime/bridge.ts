import type { MessagePort } from "node:worker_threads";
import type { Rendered } from "../display/mimebundle.js";

import type { LibraryName } from "../language/check/libraries.js";

import type { KnownMagic } from "../language/complete-magic.js";

import type { Connection } from "../server/connection.js";
import type { CrashFile } from "./crash-file.js";
import type { SnapshotEntry } from "./snapshot.js";

/** One run of a cell, as both threads name it: unique for the life of the process. */
export type CellRun = number;

/** The protocol thread asks the main thread to run a cell. */
export interface ExecuteOrder {
  type: "execute";
  run: CellRun;
  /** The execution count, shown as `Cell [count]`. */
  count: number;
  source: string;
  code: string;
  map?: string | undefined;
  suspends: boolean;
  chains: string[];
  declared: string[];
  imported: string[];
  /** How cells are checked: off, warn or strict. */
  check: string;
  /** Names whose types are to be told from their values when the cell has ended. */
  describe: string[];
  silent: boolean;
  storeHistory: boolean;
  allowStdin: boolean;
  /** Each already rewritten to JavaScript, or an error text when it does not parse. */
  userExpressions: Record<string, { code: string; suspends: boolean } | { error: string }>;
}

export interface CommOrder {
  type: "comm_open" | "comm_msg" | "comm_close";
  run: CellRun;
  content: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** What the protocol thread says to the main thread. */
export type ToMain =
  | ExecuteOrder
  | CommOrder
  | { type: "interrupt"; ticket: number }
  | { type: "shutdown" };

export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

export type ExpressionResult =
  | ({ status: "ok" } & Required<Rendered>)
  | ({ status: "error" } & ErrorReport);

/** `name?` in a cell: a page about it is opened beside the notebook. */
export interface Question {
  /** `a.b.c` */
  chain: string;
  /** 1 asks for the source too. */
  detail: 0 | 1;
  /** What the first name of the chain holds; null where nothing is known of it. */
  root: SnapshotEntry | null;
}

/** How a run ended. */
export interface Done {
  type: "done";
  run: CellRun;
  error?: ErrorReport | undefined;
  result?: Rendered | undefined;
  userExpressions: Record<string, ExpressionResult>;
  questions: Question[];
}

/** What the main thread says to the protocol thread; `ring` is the stream position it comes after. */
export type ToServer = { ring?: number } & (
  | Done
  | { type: "wake" }
  | { type: "ready"; names: LibraryName[]; magics: KnownMagic[] }
  | { type: "display" | "update"; run: CellRun; rendered: Rendered; displayId?: string | undefined }
  | { type: "clear"; run: CellRun; wait: boolean }
  | { type: "error"; run: CellRun; error: ErrorReport }
  | { type: "input"; run: CellRun; prompt: string; password: boolean }
  /** `%reset`: what cells declared so far is forgotten. */
  | { type: "reset" }
  /** `%install`: packages are there that were not. */
  | { type: "installed" }
  | {
      type: "snapshot";
      entries: Record<string, SnapshotEntry | null>;
      /** Types of values, by name; null where nothing can be told. */
      types: Record<string, string | null>;
    }
  | CommOrder
);

/** Slots of the shared Int32Array that both threads read while the other is busy. */
export const Slot = {
  interrupt: 0,
  critical: 1,
  ticket: 2,
  input: 3,
  /** Messages of the main thread that the protocol thread has yet to take. */
  posted: 4,
  size: 8,
} as const;

/** What the main thread hands to the protocol thread at its start. */
export interface ServerSetup {
  connection: Connection;
  control: SharedArrayBuffer;
  ring: SharedArrayBuffer;
  /** Files that stand in the place of descriptors 1 and 2. */
  captured: { stdout: number; stderr: number } | undefined;
  /** What stays of this process when it is killed. */
  crash: CrashFile | undefined;
  /** What the last kernel on the same connection file died of. */
  lastCrash: string | undefined;
  input: MessagePort;
  /** By which the protocol thread reaches the main thread; messages wait until that listens. */
  orders: MessagePort;
}
