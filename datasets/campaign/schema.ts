/** One column of a campaign log, as it is understood. */
export interface ColumnSchema {
  /** What the values are, with unit and range. */
  doc: string;
  kind: "time" | "name" | "count" | "money" | "number";
  /** Other names for it; case, spaces, hyphens and underscores do not matter. Best first. */
  aliases: readonly string[];
}

/** The columns of a campaign log. */
export const SCHEMA = {
  time: {
    doc: "start of the hour (or day), ISO 8601; all with one UTC offset or all without",
    kind: "time",
    aliases: ["timestamp", "datetime", "hour", "date", "day", "ts", "event time", "created at"],
  },
  campaign: {
    doc: "name of the campaign",
    kind: "name",
    aliases: ["campaign name", "campaign id"],
  },
  segment: {
    doc: "audience that saw the advert, or the place it was shown in",
    kind: "name",
    aliases: [
      "audience",
      "segment name",
      "segment id",
      "ad group",
      "ad set",
      "placement",
      "position",
    ],
  },
  creative: {
    doc: "advert that was shown",
    kind: "name",
    aliases: [
      "creative name",
      "creative id",
      "ad",
      "ad name",
      "ad id",
      "advert",
      "item",
      "item id",
    ],
  },
  impressions: {
    doc: "times shown, whole number from 0",
    kind: "count",
    aliases: ["impression", "imps", "impr", "views", "shows"],
  },
  clicks: {
    doc: "times clicked, whole number from 0 to impressions; 0 or 1 where a row is an impression",
    kind: "count",
    aliases: ["click"],
  },
  conversions: {
    doc: "orders, sign-ups or whatever is the goal, whole number from 0",
    kind: "count",
    aliases: ["conversion", "conv", "orders", "purchases", "sales", "sign ups"],
  },
  cost: {
    doc: "money spent, units of currency from 0, kept to millionths",
    kind: "money",
    aliases: ["spend", "spent", "amount spent", "costs"],
  },
  revenue: {
    doc: "money earned, units of currency from 0, kept to millionths",
    kind: "money",
    aliases: ["conversion value", "order value", "income"],
  },
  value: {
    doc: "a single metric in place of counts, any number; empty where it was not measured",
    kind: "number",
    aliases: ["metric", "metric value"],
  },
} as const satisfies Record<string, ColumnSchema>;

/** What a column of a log can stand for. */
export type Role = keyof typeof SCHEMA;

export const ROLES = Object.keys(SCHEMA) as Role[];

/** One hour of one campaign, segment and creative; a column that the log lacks is missing. */
export interface CampaignRecord {
  /** Start of the hour on the wall clock of the log, held as if it were UTC. */
  time: Date;
  campaign?: string;
  segment?: string;
  creative?: string;
  impressions: number;
  clicks: number;
  conversions?: number;
  /** Units of currency, a whole number of millionths. */
  cost?: number;
  revenue?: number;
}

/** One hour of a single metric: the mean of what was measured in it, null where nothing was. */
export interface MetricRecord {
  time: Date;
  value: number | null;
}

/** Which column was taken for what. */
export interface UnderstoodColumn {
  column: string;
  as: Role;
  doc: string;
}

interface Log {
  /** The file it was read from; null for a generated log. */
  file: string | null;
  /** Rows read, before they were summed by hour. */
  rows: number;
  from: Date;
  to: Date;
  /** Offset from UTC that the times were written with, as "+00:00"; null where they name none. */
  zone: string | null;
  understood: UnderstoodColumn[];
  /** Columns that stand for nothing here. */
  ignored: string[];
}

/** A log that counts impressions and clicks. */
export interface FunnelLog extends Log {
  kind: "funnel";
  /** True where each row was one impression. */
  rowIsImpression: boolean;
  records: CampaignRecord[];
}

/** A log of one metric over time. */
export interface MetricLog extends Log {
  kind: "metric";
  metric: string;
  records: MetricRecord[];
}

export type CampaignLog = FunnelLog | MetricLog;
