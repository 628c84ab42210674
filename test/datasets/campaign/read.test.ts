import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCampaignLog } from "../../../datasets/campaign/read.js";
import type { FunnelLog, MetricLog } from "../../../datasets/campaign/schema.js";
import { InputError } from "../../../kernel/extension/index.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-campaign-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(content: string | Uint8Array, name = "log.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function message(path: string): Promise<string> {
  const error = await readCampaignLog(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message.replaceAll(`${folder}/`, "").replaceAll(folder, "FOLDER");
}

const HEADER = "time,campaign,segment,creative,impressions,clicks,conversions,cost";
const ROW = "2025-03-03 00:00,spring,students,a,100,5,1,2.5";

describe("what it takes", () => {
  test("all columns, summed by hour and name", async () => {
    const log = (await readCampaignLog(
      file(
        `${HEADER}\n${ROW}\n2025-03-03 00:59:59,spring,students,a,10,1,0,0.1\n2025-03-03T01:00,"spr,ing",x,,7,0,,\n`,
      ),
    )) as FunnelLog;
    expect(log).toMatchObject({
      kind: "funnel",
      rows: 3,
      zone: null,
      ignored: [],
      rowIsImpression: false,
    });
    expect(log.from).toEqual(new Date("2025-03-03T00:00Z"));
    expect(log.to).toEqual(new Date("2025-03-03T01:00Z"));
    expect(log.records).toEqual([
      {
        time: new Date("2025-03-03T00:00Z"),
        campaign: "spring",
        segment: "students",
        creative: "a",
        impressions: 110,
        clicks: 6,
        conversions: 1,
        cost: 2.6,
      },
      {
        time: new Date("2025-03-03T01:00Z"),
        campaign: "spr,ing",
        segment: "x",
        creative: "(none)",
        impressions: 7,
        clicks: 0,
        conversions: 0,
        cost: 0,
      },
    ]);
    expect(log.understood.map(({ column, as }) => `${column}: ${as}`)).toContain("cost: cost");
  });

  test.each([
    ["Date;Campaign Name;AUDIENCE;ad_id;Imps;Click;Orders;Spend", ";"],
    ["hour\tcampaign-id\tad group\titem_id\tviews\tclicks\tconv\tAmount Spent", "\t"],
    ["\uFEFFtimestamp|CampaignName|Placement|creative|impr|clicks|sales|costs", "|"],
  ])("aliases and separators: %s", async (header, separator) => {
    const log = (await readCampaignLog(
      file(`${header}\r\n${ROW.replaceAll(",", separator)}\r\n`),
    )) as FunnelLog;
    expect(log.records).toEqual([
      {
        time: new Date("2025-03-03T00:00Z"),
        campaign: "spring",
        segment: "students",
        creative: "a",
        impressions: 100,
        clicks: 5,
        conversions: 1,
        cost: 2.5,
      },
    ]);
  });

  test.each([
    ["2025-03-03", "2025-03-03T00:00Z", null],
    ["2025/03/03 04:05", "2025-03-03T04:00Z", null],
    ["2025-03-03 04", "2025-03-03T04:00Z", null],
    ["2025-03-03T23:59:59.999999Z", "2025-03-03T23:00Z", "+00:00"],
    ["2025-03-03 04:05:06.5+00:00", "2025-03-03T04:00Z", "+00:00"],
    ["2025-03-03 04:05 UTC", "2025-03-03T04:00Z", "+00:00"],
    ["2025-03-03 04:05+0530", "2025-03-03T04:00Z", "+05:30"],
    ["2025-03-03 04:05-08", "2025-03-03T04:00Z", "-08:00"],
  ])("the time %s", async (text, hour, zone) => {
    const log = await readCampaignLog(file(`time,impressions,clicks\n${text},1,0\n`));
    expect([log.from, log.zone]).toEqual([new Date(hour), zone]);
  });

  test("rows that are impressions", async () => {
    const log = (await readCampaignLog(
      file("time,item_id,position,click\n2025-03-03 00:01,7,1,0\n2025-03-03 00:02,7,1,1\n"),
    )) as FunnelLog;
    expect(log.rowIsImpression).toBe(true);
    expect(log.records).toEqual([
      {
        time: new Date("2025-03-03T00:00Z"),
        segment: "1",
        creative: "7",
        impressions: 2,
        clicks: 1,
      },
    ]);
  });

  test("two columns are a metric; the mean of an hour, null where nothing was measured", async () => {
    const log = (await readCampaignLog(
      file(
        `${"when,open rate\n".replace("when", "ts")}2025-03-03 00:00,1\n2025-03-03 00:30,2\n2025-03-03 01:00,NA\n2025-03-03 02:00,-1e-3\n`,
      ),
    )) as MetricLog;
    expect(log).toMatchObject({ kind: "metric", metric: "open rate", rows: 4 });
    expect(log.records.map(({ value }) => value)).toEqual([1.5, null, -0.001]);
    const named = (await readCampaignLog(
      file("timestamp,value\n2025-03-03,1\n", "cpc.2.csv"),
    )) as MetricLog;
    expect(named.metric).toBe("cpc");
  });

  test("gzip, Parquet, and a name that looks like a pattern", async () => {
    const text = `${HEADER}\n${ROW}\n`;
    const [plain, zipped, odd] = await Promise.all([
      readCampaignLog(file(text)),
      readCampaignLog(file(gzipSync(text), "log.csv.gz")),
      readCampaignLog(file(text, "log [1]*'s.csv")),
    ]);
    expect(zipped.records).toEqual(plain.records);
    expect(odd.records).toEqual(plain.records);
    const parquet = join(folder, "log.parquet");
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (FROM read_csv('${join(folder, "log.csv")}')) TO '${parquet}'`);
    connection.closeSync();
    expect((await readCampaignLog(parquet)).records).toEqual(plain.records);
  });
});

const many = (bad: string, at = 812, header = HEADER, row = ROW) =>
  [header, ...Array.from({ length: 900 }, (_, i) => (i + 2 === at ? bad : row))].join("\n");

describe("what it refuses, in one sentence", () => {
  test("a missing file, a missing folder, a folder, no Parquet", async () => {
    file(`${HEADER}\n${ROW}\n`);
    expect(await message(join(folder, "lgo.csv"))).toBe(
      'lgo.csv: no such file in FOLDER (did you mean "log.csv"?)',
    );
    expect(await message(join(folder, "no", "log.csv"))).toBe("no/log.csv: there is no folder no");
    await mkdir(join(folder, "logs"));
    expect(await message(join(folder, "logs"))).toBe("logs: is a folder; it holds no CSV");
    writeFileSync(join(folder, "logs", "march.csv"), "");
    expect(await message(join(folder, "logs"))).toBe(
      "logs: is a folder; name a file in it, such as march.csv",
    );
    expect(await message(file("nothing", "x.parquet"))).toMatch(
      /^x.parquet: is not a Parquet file/,
    );
    expect(await message(file("nothing", "x.csv.gz"))).toMatch(/^x.csv.gz: cannot be read/);
  });

  test.each([
    ["an empty file", "", "log.csv: is empty"],
    ["blank lines", "\n\n", "log.csv: is empty"],
    ["a header only", `${HEADER}\n`, "log.csv: has a header but no rows"],
    [
      "a misspelt column",
      "time,impresions,clicks\n2025-03-03,1,0\n",
      'log.csv:1: no column "impressions" (is "impresions" meant?); found "time", "impresions", "clicks"; impressions may also be called impression, imps, impr, views',
    ],
    [
      "a missing column",
      "time,campaign,impressions,price\n2025-03-03,a,1,0\n",
      'log.csv:1: no column "clicks"; found "time", "campaign", "impressions", "price"; clicks may also be called click',
    ],
    [
      "no time",
      "timestmp,impressions,clicks\n2025-03-03,1,0\n",
      'log.csv:1: no column "time" (is "timestmp" meant?); found "timestmp", "impressions", "clicks"; time may also be called timestamp, datetime, hour, date',
    ],
    [
      "a column twice",
      "time,clicks,impressions,Clicks\n2025-03-03,1,2,1\n",
      'log.csv:1: columns 2 and 4 are both named "Clicks"; keep one',
    ],
    [
      "a bad number",
      many(ROW.replace(",5,", ",12x,")),
      'log.csv:812: column clicks: "12x" is not a whole number',
    ],
    [
      "half a click",
      many(ROW.replace(",5,", ",1.5,")),
      'log.csv:812: column clicks: "1.5" is not a whole number',
    ],
    [
      "no number",
      many(ROW.replace(",100,", ",,")),
      'log.csv:812: column impressions: "" is not a whole number',
    ],
    [
      "a negative count",
      many(ROW.replace(",100,", ",-100,")),
      'log.csv:812: column impressions: "-100" is below 0',
    ],
    [
      "a negative cost",
      many(ROW.replace("2.5", "-2.5")),
      'log.csv:812: column cost: "-2.5" is below 0',
    ],
    [
      "a cost in words",
      many(ROW.replace("2.5", "free")),
      'log.csv:812: column cost: "free" is not an amount; write it as 1234.56',
    ],
    [
      "an endless cost",
      many(ROW.replace("2.5", "inf")),
      'log.csv:812: column cost: "inf" is not an amount; write it as 1234.56',
    ],
    [
      "clicks above impressions",
      many(ROW.replace(",5,", ",101,")),
      "log.csv:812: column clicks: 101 clicks on 100 impressions",
    ],
    [
      "clicks without impressions",
      many("2025-03-03,3,a", 812, "time,clicks,campaign", "2025-03-03,1,a"),
      'log.csv:812: column clicks: 3 clicks in one row; without a column "impressions" each row is one impression and has 0 or 1',
    ],
    [
      "an unreadable time",
      many(ROW.replace("2025-03-03 00:00", "03/03/2025")),
      'log.csv:812: column time: "03/03/2025" is not a time; write it as 2025-03-05 14:00',
    ],
    [
      "an endless time",
      many(ROW.replace("2025-03-03 00:00", "infinity")),
      'log.csv:812: column time: "infinity" is not a time; write it as 2025-03-05 14:00',
    ],
    [
      "a metric in words",
      "timestamp,value\n2025-03-03,1\n2025-03-04,low\n",
      'log.csv:3: column value: "low" is not a number',
    ],
    [
      "some times with an offset",
      many(ROW.replace("00:00", "00:00Z")),
      "log.csv:2: column time: mixed time zones, no time zone here and UTC+00:00 in line 812; write all times in one",
    ],
    [
      "different offsets",
      many(ROW.replace("00:00", "00:00+02:00"), 812, HEADER, ROW.replace("00:00", "00:00+01:00")),
      "log.csv:2: column time: mixed time zones, UTC+01:00 here and UTC+02:00 in line 812; write all times in one",
    ],
    ["a row too long", many(`${ROW},7`), "log.csv:812: has 9 columns, the header has 8"],
    ["a row too short", many("2025-03-03,spring"), "log.csv:812: has 2 columns, the header has 8"],
    [
      "an open quote",
      `${HEADER}\n${ROW}\n"${ROW}\n${ROW}\n`,
      "log.csv:3: a quoted text does not end where its field ends",
    ],
  ])("%s", async (_, content, said) => {
    expect(await message(file(content))).toBe(said);
  });

  test("text that is not UTF-8, in the header and below", async () => {
    const latin1 = Buffer.from(
      `${HEADER}\n${ROW}\n${ROW.replace("spring", "fr\u00fchling")}\n`,
      "latin1",
    );
    expect(await message(file(latin1))).toBe("log.csv:3: is not UTF-8; save the file as UTF-8");
    expect(await message(file(Buffer.from("Zeit\u00fc,value\n", "latin1")))).toBe(
      "log.csv:1: is not UTF-8; save the file as UTF-8",
    );
  });

  test("lines are counted as an editor does, past quoted line breaks and blank lines", async () => {
    const quoted = ROW.replace("spring", '"spring\n""sale""\n"');
    const bad = ROW.replace(",5,", ",x,");
    expect(await message(file(`${HEADER}\n${quoted}\n\n${quoted}\n${bad}\n`))).toBe(
      'log.csv:9: column clicks: "x" is not a whole number',
    );
    expect(await message(file(`${HEADER}\r\n${quoted}\r\n\r\n${ROW},1\r\n`))).toBe(
      "log.csv:6: has 9 columns, the header has 8",
    );
    expect(await message(file(gzipSync(`${HEADER}\n${quoted}\n${bad}\n`), "q.csv.gz"))).toBe(
      'q.csv.gz:5: column clicks: "x" is not a whole number',
    );
  });

  test("the first of many mistakes is the one that is told", async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) =>
      i > 150_000 ? ROW.replace(",5,", ",?,") : ROW,
    );
    expect(await message(file([HEADER, ...rows].join("\n")))).toBe(
      'log.csv:150003: column clicks: "?" is not a whole number',
    );
  });
});

const data = process.env.RETRO_DATA_DIR;

describe.skipIf(!data)("public logs", () => {
  test("the ad exchange series is a metric", async () => {
    const log = await readCampaignLog(join(data as string, "nab", "exchange-3_cpc_results.csv"));
    expect(log).toMatchObject({ kind: "metric", metric: "exchange-3_cpc_results", rows: 1538 });
    expect(log.records).toHaveLength(1538);
  });

  test.each([
    ["random-men.csv", 46],
    ["bts-men.csv", 69],
  ])("the ad log %s has 10,000 impressions and %i clicks", async (name, clicks) => {
    const log = (await readCampaignLog(join(data as string, "open-bandit", name))) as FunnelLog;
    expect(log).toMatchObject({
      kind: "funnel",
      rowIsImpression: true,
      rows: 10_000,
      zone: "+00:00",
    });
    const sum = (of: "impressions" | "clicks") =>
      log.records.reduce((all, record) => all + record[of], 0);
    expect([sum("impressions"), sum("clicks")]).toEqual([10_000, clicks]);
    expect(new Set(log.records.map(({ segment }) => segment))).toEqual(new Set(["1", "2", "3"]));
  });
});
