import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  openCrashFile,
  removeCrashFile,
  sweepCrashFiles,
  takeCrashEvidence,
  writeCause,
  writeCell,
} from "../../../kernel/runtime/crash-file.js";

let folder: string;
let connection: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-crash-"));
  vi.stubEnv("TMPDIR", folder);
  connection = join(folder, "connection.json");
  writeFileSync(connection, "{}");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const cell = { count: 7, line: "1", running: true, memory: 1, heapLimit: 2 };
const open = (file = connection) => openCrashFile(file, undefined) ?? expect.fail("no file");
const left = () => readdirSync(join(folder, `retro-${process.getuid?.()}`)).sort();

test("what was written last is taken once", () => {
  const file = open();
  writeCell(file, { ...cell, line: "a longer line" });
  writeCell(file, cell);
  writeFileSync(file.stderr, `${"x".repeat(100_000)}last words`);
  expect(takeCrashEvidence(connection)).toMatchObject({
    pid: process.pid,
    cell,
    cause: undefined,
    lastWords: expect.stringMatching(/^x{16374}last words$/),
  });
  expect(takeCrashEvidence(connection)).toBeUndefined();
  expect(left()).toEqual([]);
});

test("long texts in any script leave each other alone", () => {
  const file = open();
  const line = "\u{d800}\u0001値".repeat(40);
  writeCause(file, "失".repeat(1_000));
  writeCell(file, { ...cell, line });
  const evidence = takeCrashEvidence(connection);
  expect(evidence?.cell?.line).toBe(line);
  expect(evidence?.cause).toMatch(/^失+$/);
});

test("each connection file has its own", () => {
  const other = join(folder, "other", "connection.json");
  open(other);
  writeCell(open(), cell);
  expect(takeCrashEvidence(other)?.cell).toBeUndefined();
  expect(takeCrashEvidence(connection)?.cell).toEqual(cell);
});

test("an orderly end leaves nothing, and a sweep only what may be asked for", () => {
  removeCrashFile(open());
  expect(left()).toEqual([]);
  const gone = open(join(folder, "gone.json"));
  writeFileSync(gone.stderr, "");
  open();
  writeFileSync(open(join(folder, "a.json")).path, "");
  sweepCrashFiles();
  expect(left()).toEqual([
    expect.stringMatching(/a\.json\.crash$/),
    expect.stringMatching(/connection\.json\.crash$/),
  ]);
});

test("a link in the place of the folder is not followed", () => {
  symlinkSync(mkdtempSync(join(folder, "elsewhere-")), join(folder, `retro-${process.getuid?.()}`));
  expect(openCrashFile(connection, undefined)).toBeUndefined();
});
