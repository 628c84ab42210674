import { expect, test } from "vitest";
import { type CrashEvidence, nameCrash, tellCrash } from "../../../kernel/runtime/crash-report.js";

const GB = 2 ** 30;
const evidence = (more: Partial<CrashEvidence> = {}): CrashEvidence => ({
  pid: 42,
  cell: { count: 3, line: "const rows = read()", running: true, memory: 0, heapLimit: 4.05 * GB },
  cause: undefined,
  lastWords: "",
  at: new Date(2026, 0, 2, 3, 4, 5),
  untold: undefined,
  ...more,
});

/** What Node 20 writes, shortened. */
const fatal = (pid: number) => `
<--- Last few GCs --->

[${pid}:0x42decef0]      359 ms: Mark-Compact (reduce) 4059.1 (4101.0) -> 4058.5 (4101.2) MB, 2.47 / 0.00 ms  (average mu = 0.216, current mu = 0.194) final[${pid}:0x42decef0]      383 ms: Mark-Compact (reduce) 4059.2 (4101.2) -> 4058.7 (4140.5) MB, 2.53 / 0.00 ms  (average mu = 0.192

<--- JS stacktrace --->

FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory
----- Native stack trace -----

 1: 0xb78db3 node::OOMErrorHandler(char const*, v8::OOMDetails const&) [node]
`;

test("the next kernel tells cell, source, time and cause", () => {
  expect(tellCrash(evidence({ cause: "process.reallyExit(1)" }))).toBe(
    "The last kernel died in cell [3], `const rows = read()`, at 2026-01-02 03:04:05: process.reallyExit(1). What its cells had defined is gone.\n",
  );
});

test("out of memory: V8's own last words, and a round cure", () => {
  expect(nameCrash(evidence({ lastWords: fatal(42) }), "the kernel was ended by SIGABRT")).toBe(
    "out of memory in cell [3] (heap 4.0 GB of 4.0 GB; give Node more with NODE_OPTIONS=--max-old-space-size=8192)",
  );
});

test("a child process that ran out of memory is not the kernel", () => {
  expect(tellCrash(evidence({ lastWords: fatal(43) }))).toContain("killed by a signal");
});

test("what is not known is not said: a kernel that was killed without a word", () => {
  const cell = { count: 3, line: "", running: true, memory: 15.2 * GB, heapLimit: 4 * GB };
  expect(nameCrash(evidence({ cell }), "the kernel was ended by SIGKILL")).toBe(
    "the kernel was ended by SIGKILL in cell [3] (15.2 GB in memory)",
  );
  expect(nameCrash(evidence({ cell: undefined }), "the kernel ended with exit code 1")).toBe(
    "the kernel ended with exit code 1 before its first cell",
  );
});

test("native code's last words", () => {
  const lastWords = "npm warn\nlibc++abi: terminate called after throwing 'std::bad_alloc'\n";
  expect(nameCrash(evidence({ lastWords }), "the kernel was ended by SIGABRT")).toBe(
    "the kernel was ended by SIGABRT in cell [3] (libc++abi: terminate called after throwing 'std::bad_alloc')",
  );
});
