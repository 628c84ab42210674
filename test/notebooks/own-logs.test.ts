import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCampaign, textOf } from "./campaign.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-own-logs-"));
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "logs", "march.csv"), log());
});
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = "time,segment,impressions,clicks,cost";

/** A good log of 900 hours; `change` spoils the line of that number, from 1. */
function log(change: Record<number, (line: string) => string> = {}): string {
  const lines = [HEADER];
  for (let hour = 0; hour < 900; hour++) {
    const time = new Date(Date.UTC(2025, 2, 1, hour)).toISOString().slice(0, 16).replace("T", " ");
    lines.push(`${time},${hour % 2 ? "new" : "old"},1000,${20 + (hour % 7)},9.5`);
  }
  return lines.map((line, i) => `${change[i + 1]?.(line) ?? line}\n`).join("");
}

const to = (from: string | RegExp, text: string) => (line: string) => line.replace(from, text);

/** Name of the case, content of log.csv, the one sentence after the path. */
const CASES: [what: string, content: string | Buffer, sentence: string][] = [
  ["an empty file", "", ": is empty"],
  ["a header without rows", `${HEADER}\n`, ": has a header but no rows"],
  [
    "a misspelt column",
    log({ 1: to("impressions", "impresions") }),
    ':1: no column "impressions" (is "impresions" meant?); found "time", "segment", "impresions", "clicks", "cost"; impressions may also be called impression, imps, impr, views',
  ],
  [
    "a bad number in line 812",
    log({ 812: to(/\d+,9.5/, "12x,9.5") }),
    ':812: column clicks: "12x" is not a whole number',
  ],
  [
    "a bad number under Windows line ends",
    log({ 812: to("9.5", "free") }).replaceAll("\n", "\r\n"),
    ':812: column cost: "free" is not an amount; write it as 1234.56',
  ],
  ["a field too many", log({ 812: to("9.5", "9,5") }), ":812: has 6 columns, the header has 5"],
  [
    "a bad time",
    log({ 812: to(/^[^,]*/, "yesterday") }),
    ':812: column time: "yesterday" is not a time; write it as 2025-03-05 14:00',
  ],
  [
    "mixed time zones",
    log({ 812: to(/^[^,]*/, "2025-04-03 18:00+02:00") }),
    ":2: column time: mixed time zones, no time zone here and UTC+02:00 in line 812; write all times in one",
  ],
  [
    "a text that is not UTF-8",
    Buffer.from(log({ 812: to("old", "b\u00fcro") }), "latin1"),
    ":812: is not UTF-8; save the file as UTF-8",
  ],
];

function expectRefused(path: string, sentence: string): void {
  const { status, stdout, complaint, wrote } = runCampaign(path);
  const one = { status: 2, stdout: "", complaint: `${path}${sentence}\n`, wrote: false };
  expect({ status, stdout, complaint, wrote }).toEqual(one);
}

for (const [what, content, sentence] of CASES) {
  test(`${what}: one error, exit code 2, nothing written`, () => {
    const path = join(folder, "log.csv");
    writeFileSync(path, content);
    expectRefused(path, sentence);
  });
}

test("a missing file names its nearest neighbour", () => {
  const path = join(folder, "logs", "marhc.csv");
  expectRefused(path, `: no such file in ${join(folder, "logs")} (did you mean "march.csv"?)`);
});

test("a folder names a file in it", () => {
  expectRefused(join(folder, "logs"), ": is a folder; name a file in it, such as march.csv");
});

test("a good log with a byte order mark, semicolons, and quoted line breaks in names", () => {
  const path = join(folder, "odd.csv");
  const quoted = log().replaceAll(",new,", ',"new\ncustomers",').replaceAll(",", ";");
  writeFileSync(path, `\ufeff${quoted}`);
  const { status, stdout, complaint } = runCampaign(path);
  expect({ status, complaint }).toEqual({ status: 0, complaint: "" });
  expect(stdout).toMatch(/^900,000 impressions, 20,694 clicks \(CTR 2.30 %\)\n/);
});

test("a log in which nothing was shown is told as such", () => {
  const path = join(folder, "silent.csv");
  writeFileSync(path, log().replace(/,1000,\d+,9.5/g, ",0,0,0"));
  const { status, stdout } = runCampaign(path);
  expect(status).toBe(0);
  expect(stdout).toContain("0 impressions, 0 clicks\n");
  expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
});

test("a log by the day speaks of days, and of segments that are alike", () => {
  const path = join(folder, "daily.csv");
  const days = Array.from({ length: 60 }, (_, day) => {
    const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
    return ["new", "old"].map((name) => `${date},${name},9000,${270 + (day % 7)}\n`).join("");
  });
  writeFileSync(path, `day,audience,impressions,clicks\n${days.join("")}`);
  const { status, stdout, notebook } = runCampaign(path);
  expect(status).toBe(0);
  expect(textOf(notebook, "watch")).toContain("in 60 days of impressions, CTR");
  expect(stdout).toContain("1. Leave it as it is, or try something bolder\n");
});
