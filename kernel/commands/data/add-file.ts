import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { dataPath } from "../../extension/data-folder.js";
import { InputError } from "../../extension/index.js";
import { expectWritable } from "../../notebook/atomic-write.js";
import { whyUnreadable } from "../../notebook/given-file.js";

export interface AddOptions {
  /** What the file must be, in hexadecimal. */
  sha256?: string;
  /** Ends the copying; nothing of it stays. */
  signal: AbortSignal;
  /** Told the bytes that are there, and how many there will be if that is known. */
  onBytes: (done: number, total: number | undefined) => void;
}

/** A file in the data folder. */
export interface AddedFile {
  path: string;
  size: number;
  sha256: string;
}

/** The name that a file or an address has by itself, or the given one with the same ending. */
export function nameOf(source: string, given: string | undefined): string {
  const own = basename(isAddress(source) ? decoded(new URL(source).pathname) : source);
  if (given !== undefined) return extname(given) === "" ? given + endingOf(own) : given;
  if (own !== "") return own;
  throw new InputError(`${source}: has no file's name at its end; give one with --name`);
}

/** `.csv`, and `.csv.gz` whole. */
function endingOf(name: string): string {
  return /(\.\w+)?\.(gz|bz2|xz|zst)$|\.\w+$/i.exec(name)?.[0] ?? "";
}

/**
 * Copies or downloads a file into the data folder, where it appears whole or not at all.
 *
 * @throws InputError when it cannot be read or written, when it is not what the checksum says, or
 * when another file has the name.
 */
export async function addFile(
  source: string,
  name: string,
  { sha256: expected, signal, onBytes }: AddOptions,
): Promise<AddedFile> {
  const path = dataPath(name);
  expectWritable(path);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there) {
    // A script may be run again.
    if (expected !== undefined && (await checksum(path)) === expected) {
      return { path, size: there.size, sha256: expected };
    }
    throw new InputError(
      `there is another data file ${JSON.stringify(name)}; remove it first with "retro data remove ${name}", or give another --name`,
    );
  }
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const remove = () => rmSync(draft, { force: true });
  process.once("exit", remove);
  try {
    const { content, total } = await open(source, signal);
    mkdirSync(dirname(path), { recursive: true });
    const hash = createHash("sha256");
    let size = 0;
    const measure = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.length;
        onBytes(size, total);
        yield chunk;
      }
    };
    await pipeline(content, measure, createWriteStream(draft, { flags: "wx" }), { signal });
    const sha256 = hash.digest("hex");
    if (expected !== undefined && sha256 !== expected) {
      throw new InputError(`${source}: has the SHA-256 ${sha256}, not ${expected}; it is not kept`);
    }
    renameSync(draft, path);
    return { path, size, sha256 };
  } catch (error) {
    if (signal.aborted || error instanceof InputError) throw error;
    throw new InputError(`${source}: cannot be added: ${reason(error as Error)}`);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

interface Source {
  content: AsyncIterable<Uint8Array>;
  /** Bytes, where they are known beforehand. */
  total: number | undefined;
}

async function open(source: string, signal: AbortSignal): Promise<Source> {
  if (isAddress(source)) return download(source, signal);
  try {
    const file = statSync(source);
    if (file.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    return { content: createReadStream(source), total: file.size };
  } catch (error) {
    throw new InputError(`${source}: cannot be added: ${whyUnreadable(error, source)}`);
  }
}

async function download(address: string, signal: AbortSignal): Promise<Source> {
  const response = await fetch(address, { signal });
  if (!response.ok || response.body === null) {
    const answer = `${response.status} ${response.statusText}`.trimEnd();
    throw new InputError(`${address}: cannot be added: the server answered ${answer}`);
  }
  // What was compressed for the way has another length here.
  const packed = response.headers.has("content-encoding");
  const length = packed ? null : response.headers.get("content-length");
  return { content: response.body, total: length === null ? undefined : Number(length) };
}

/** @throws InputError for an address that is not of the web. */
function isAddress(source: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) return false;
  if ((scheme === "http" || scheme === "https") && URL.canParse(source)) return true;
  throw new InputError(
    `${source}: is neither a file nor an address with http or https; download it first`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** `fetch` keeps what happened in the cause. */
function reason({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message;
  return cause.message || String((cause as NodeJS.ErrnoException).code);
}
