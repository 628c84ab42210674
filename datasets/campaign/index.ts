export { type CampaignOptions, campaign } from "./campaign.js";
export type { GeneratedLog, PlantedAnomaly } from "./generate.js";
export type {
  CampaignLog,
  CampaignRecord,
  FunnelLog,
  MetricLog,
  MetricRecord,
} from "./schema.js";
