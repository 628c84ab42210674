import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type {
  CompletionItem,
  CompletionList,
  Diagnostic,
  Hover,
  LocationLink,
  Position,
  SignatureHelp,
} from "vscode-languageserver-types";

/** Of a file on disk, as the protocol has it. */
const [NEW, GONE] = [1, 3];

/**
 * A cell is not kept waiting longer: an answer that comes later is as good as none. Where nobody
 * waits, a notebook that is run as a file must come out the same on a slow machine too.
 */
export const PATIENCE_MS = process.env.RETRO_UNATTENDED === "1" ? 20_000 : 1_800;
/** A compiler that has declarations to read may go on reading them behind the cells for so long. */
const READING_MS = Math.max(10_000, PATIENCE_MS);
/** Memory at which the compiler collects its garbage more often; a soft limit. */
const MEMORY = "400MiB";

/**
 * A notebook has its own ways to import and to install. A list of all that could be imported would be
 * made anew behind every change, and take ten times as long as a check.
 */
const PREFERENCES = {
  includeCompletionsForModuleExports: false,
  autoImportFileExcludePatterns: ["**/*"],
  disableAutomaticTypeAcquisition: true,
  automaticTypeAcquisitionEnabled: false,
};

/** The compiler gave no answer: it died, hangs, has too much to read, or cannot be started. */
export class CompilerLost extends Error {
  override name = "CompilerLost";
}

/**
 * TypeScript's native language server in a process of its own, over texts that exist only in it.
 *
 * Every question rejects with CompilerLost when the process ends or says nothing for too long. A
 * process that says nothing is ended, but for one that was given something to read a moment ago.
 */
export class Compiler {
  private readonly versions = new Map<string, number>();
  private readonly connection: MessageConnection;
  private readonly lost: Promise<never>;
  private readonly ready: Promise<unknown>;
  private process: ChildProcess | undefined;
  /** What is wrong with the folder's tsconfig.json, a sentence each. */
  complaints: readonly string[] = [];
  /** When it was given something to read that may take long; undefined once it answered. */
  private reading: number | undefined = performance.now();

  /** Throws CompilerLost when this system has no compiler. */
  constructor(
    folder: string,
    private readonly patience = PATIENCE_MS,
  ) {
    const child = spawn(executable(), ["--lsp", "--stdio"], {
      cwd: folder,
      // Without a path it finds no npm, by which it would fetch declarations on its own.
      env: { GOMEMLIMIT: MEMORY, ...process.env, PATH: "", Path: "" },
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    this.process = child;
    this.connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(forgiving(child.stdin)),
    );
    this.lost = new Promise<never>((_, reject) => {
      child.once("error", (error) => reject(new CompilerLost(error.message)));
      child.once("exit", (code, signal) => {
        reject(new CompilerLost(`the compiler ended with ${signal ?? `code ${code}`}`));
      });
    });
    this.lost.catch(() => this.stop());
    this.connection.onError(() => {});
    this.connection.onRequest(() => null);
    const config = uriOf(join(folder, "tsconfig.json"));
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      if (uri === config) this.complaints = diagnostics.map(sentenceOf);
    });
    this.connection.listen();
    const initialized = this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      initializationOptions: {
        logVerbosity: 0,
        userPreferences: PREFERENCES,
      },
      capabilities: {
        textDocument: {
          diagnostic: { relatedInformation: true },
          publishDiagnostics: { relatedInformation: true },
          definition: { linkSupport: true },
          hover: { contentFormat: ["markdown"] },
          completion: { completionItem: { documentationFormat: ["markdown"] } },
          signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
        },
      },
    });
    this.ready = initialized.then(() => this.connection.sendNotification("initialized", {}));
    this.ready.catch(() => {});
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** The process is gone: nothing that it is asked will be answered. */
  get isLost(): boolean {
    return this.process === undefined;
  }

  /** The next answer may take long: there are packages to read. */
  expectReading(): void {
    this.reading = performance.now();
  }

  /** Gives a file its text; the file need not exist. */
  write(path: string, text: string): void {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    const uri = uriOf(path);
    if (version > 1) {
      const textDocument = { uri, version };
      this.notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
      return;
    }
    const languageId = path.endsWith(".json") ? "jsonc" : "typescript";
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
  }

  /** Files on disk have changed, are there now, or are no longer there. */
  changedOnDisk(paths: readonly string[]): void {
    // One that is said to be new is read only where there was none.
    const changes = paths.flatMap((path) => {
      const types = existsSync(path) ? [GONE, NEW] : [GONE];
      return types.map((type) => ({ uri: uriOf(path), type }));
    });
    this.notify("workspace/didChangeWatchedFiles", { changes });
  }

  async diagnostics(path: string): Promise<Diagnostic[]> {
    const report = await this.ask<{ items?: Diagnostic[] } | null>("diagnostic", path);
    return report?.items ?? [];
  }

  /** Has what was written to a file taken in before the next: several at once take ten times as long. */
  takeIn(path: string): void {
    this.ask("foldingRange", path).catch(() => {});
  }

  async completions(path: string, position: Position): Promise<CompletionItem[]> {
    const answer = await this.ask<CompletionList | CompletionItem[] | null>("completion", path, {
      position,
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** The same completion with its signature and documentation. */
  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.request("completionItem/resolve", item);
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.ask("hover", path, { position });
  }

  signatures(path: string, position: Position): Promise<SignatureHelp | null> {
    return this.ask("signatureHelp", path, { position });
  }

  async definitions(path: string, position: Position): Promise<LocationLink[]> {
    return (await this.ask<LocationLink[] | null>("definition", path, { position })) ?? [];
  }

  stop(): void {
    this.process?.kill("SIGKILL");
    this.process = undefined;
    this.connection.dispose();
  }

  private ask<T>(method: string, path: string, rest: object = {}): Promise<T> {
    const textDocument = { uri: uriOf(path) };
    return this.request(`textDocument/${method}`, { textDocument, ...rest });
  }

  private async request<T>(method: string, parameters: object): Promise<T> {
    const { reading } = this;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.late()), this.patience);
    });
    try {
      const answer = this.ready.then(() => this.connection.sendRequest<T>(method, parameters));
      // An answer that comes too late for its question is a sign of life.
      answer.then(
        () => this.read(reading),
        () => {},
      );
      return await Promise.race([answer, late, this.lost]);
    } catch (error) {
      throw error instanceof CompilerLost ? error : new CompilerLost((error as Error).message);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Has read what there was to read at that time. */
  private read(since: number | undefined): void {
    if (this.reading === since) this.reading = undefined;
  }

  /** Ends the process, at once or when it had its time to read; why a question has no answer. */
  private late(): CompilerLost {
    const since = this.reading;
    if (since === undefined) {
      this.stop();
      return new CompilerLost(`the compiler said nothing for ${this.patience / 1_000} s`);
    }
    const left = since + READING_MS - performance.now();
    setTimeout(() => this.reading === since && this.stop(), left).unref();
    return new CompilerLost("the compiler is still reading declarations");
  }

  private notify(method: string, parameters: object): void {
    void this.ready
      .then(() => this.connection.sendNotification(method, parameters))
      .catch(() => {});
  }
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/**
 * Takes what is written to a process that is gone: its end is told by the process, and the writer of
 * messages would throw an error that nobody can catch.
 */
function forgiving(stream: Writable): Writable {
  stream.on("error", () => {});
  return new Writable({
    write: (chunk, _, done) => void (stream.writable ? stream.write(chunk, () => done()) : done()),
  });
}

function sentenceOf({ message }: { message: string }): string {
  return message.split("\n", 1)[0] as string;
}

/** The kernel's own compiler, never one of the notebook's folder. */
function executable(): string {
  try {
    const own = createRequire(import.meta.url);
    const from = createRequire(own.resolve("typescript/package.json"));
    const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
    const name = process.platform === "win32" ? "tsc.exe" : "tsc";
    return join(dirname(from.resolve(`${platform}/package.json`)), "lib", name);
  } catch (error) {
    throw new CompilerLost(`there is no compiler for this system: ${(error as Error).message}`);
  }
}
