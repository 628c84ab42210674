import type { Dataset } from "../../kernel/extension/index.js";
import type { GeneratedLog, GenerateOptions } from "./generate.js";
import type { CampaignLog } from "./schema.js";

/** Which log: the file at `path`, or a generated one when `path` is empty or missing. */
export interface CampaignOptions extends GenerateOptions {
  path?: string;
}

declare module "../../kernel/extension/index.js" {
  interface LoadDataset {
    (name: "campaign", options?: GenerateOptions & { path?: undefined }): Promise<GeneratedLog>;
    (name: "campaign", options?: CampaignOptions): Promise<CampaignLog>;
  }
}

async function load(options?: GenerateOptions & { path?: undefined }): Promise<GeneratedLog>;
async function load(options?: CampaignOptions): Promise<CampaignLog>;
async function load({ path = "", ...options }: CampaignOptions = {}): Promise<CampaignLog> {
  if (path === "") return (await import("./generate.js")).generateCampaignLog(options);
  return (await import("./read.js")).readCampaignLog(path);
}

/** The campaign log in the catalogue of data sets. */
export const campaign = {
  title: "Hourly impressions, clicks, conversions and cost of a campaign, generated or your own",
  source: "generated",
  licence: "Apache-2.0",
  load,
} satisfies Dataset;
