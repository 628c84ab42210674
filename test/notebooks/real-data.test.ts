import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCampaign, textOf } from "./campaign.js";

const data = process.env.RETRO_DATA_DIR;

describe.skipIf(data === undefined)("the first notebook on real logs (RETRO_DATA_DIR)", () => {
  const file = (...names: string[]) => join(data ?? "", ...names);

  test.each([
    ["exchange-2_cpc_results", "1,624 rows", 1623],
    ["exchange-2_cpm_results", "1,624 rows", 1623],
    ["exchange-3_cpc_results", "1,538 rows", 1538],
  ])("the ad-exchange series %s: a metric with incidents in words", (name, rows, hours) => {
    const { status, complaint, stdout, notebook } = runCampaign(file("nab", `${name}.csv`));
    expect({ status, complaint }).toEqual({ status: 0, complaint: "" });
    expect(textOf(notebook, "load")).toContain(`${rows} from 2011-07-01 to 2011-09-07`);
    expect(textOf(notebook, "watch")).toMatch(
      new RegExp(`- \\*\\*${name}, \\d+ hours?.\\*\\* .* robust sigmas (above|below) `),
    );
    expect(textOf(notebook, "trend-chart")).toMatch(/time series .* 240 points, .* marked/);
    expect(stdout).toContain(`${name}: ${hours.toLocaleString("en-US")} hours\n`);
    expect(stdout).toContain(`1. Find out what happened to ${name} on 2011-`);
  });

  test.each([
    ["bts-men", 69, "0.69"],
    ["random-men", 46, "0.46"],
  ])("the ad log %s: a row an impression, and no difference beyond chance", (name, clicks, ctr) => {
    const { status, complaint, stdout, notebook } = runCampaign(file("open-bandit", `${name}.csv`));
    expect({ status, complaint }).toEqual({ status: 0, complaint: "" });
    expect(textOf(notebook, "load")).toContain("| position | segment |");
    expect(textOf(notebook, "watch")).toContain("CTR is not watched");
    expect(stdout).toContain(`10,000 impressions, ${clicks} clicks (CTR ${ctr} %)\n`);
    expect(stdout).toContain("1. Collect more before changing anything");
  });
});
