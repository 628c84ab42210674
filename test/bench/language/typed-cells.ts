/**
 * The first cells of a session as people write it: each ten are of one topic, declare names with
 * types of their own and use those of earlier cells. With libraries it begins with their imports,
 * and each topic imports one again and uses what it made of it.
 */
export function typedCells(count: number, libraries: boolean): string[] {
  const cells = libraries ? [...IMPORTS] : [];
  for (let t = 0; cells.length < count; t++) {
    const [makes, uses] = (libraries ? (LIBRARIES[t % LIBRARIES.length] as Pair) : totals)(t);
    cells.push(...declares(t), makes, ...derives(t), uses);
  }
  return cells.slice(0, count);
}

/** Cells of one topic, by its number. */
type Topic = (t: number) => string[];
type Pair = (t: number) => [makes: string, uses: string];

const IMPORTS = [
  'import * as vegaLite from "vega-lite"; typeof vegaLite.compile',
  'import * as arrow from "apache-arrow"; arrow.tableFromArrays({ a: [1, 2] }).numRows',
  'import * as tf from "@tensorflow/tfjs-core"; tf.util.sizeFromShape([2, 3])',
];

const declares: Topic = (t) => [
  `interface Campaign${t} {
  channel: "search" | "social" | "mail";
  clicks: number;
  cost: number;
  tags?: readonly string[];
}
const campaigns${t}: Campaign${t}[] = Array.from({ length: 20 }, (_, i) => ({
  channel: (["search", "social", "mail"] as const)[i % 3] ?? "mail",
  clicks: i * ${t + 1},
  cost: i / 2,
}));`,
  `function groupBy${t}<Row, Key extends string>(rows: readonly Row[], key: (row: Row) => Key) {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}`,
  `type Priced${t} = Omit<Campaign${t}, "cost"> & { readonly price: number };
const priced${t} = campaigns${t}.map(
  ({ cost, ...rest }): Priced${t} => ({ ...rest, price: cost / Math.max(1, rest.clicks) }),
);
priced${t}.length`,
  `class Store${t}<Row extends object> {
  constructor(private readonly rows: readonly Row[]) {}
  where<Key extends keyof Row>(key: Key, fits: (value: Row[Key]) => boolean): Row[] {
    return this.rows.filter((row) => fits(row[key]));
  }
}`,
];

const derives: Topic = (t) => [
  `const grouped${t} = [...groupBy${t}(priced${t}, ({ channel }) => channel)].map(([channel, rows]) => ({
  channel,
  rows,
  price: rows.reduce((sum, { price }) => sum + price, 0),
}));`,
  `type Event${t} = { kind: "click"; campaign: Campaign${t} } | { kind: "sale"; value: number };
const worth${t} = (event: Event${t}): number => {
  switch (event.kind) {
    case "click":
      return event.campaign.cost;
    case "sale":
      return event.value;
  }
};`,
  `const loaded${t} = await Promise.all(
  grouped${t}.map(async ({ channel, price }) => ({
    channel,
    worth: worth${t}({ kind: "sale", value: price }),
  })),
);
loaded${t}.map(({ channel }) => channel.toUpperCase()).join()`,
  `const many${t} = new Store${t}([...campaigns0, ...campaigns${t}]).where("clicks", (n) => n > 3);
many${t}.length`,
];

const totals: Pair = (t) => [
  `const totals${t} = campaigns${t}.reduce<Record<string, number>>(
  (sums, { channel, clicks }) => ({ ...sums, [channel]: (sums[channel] ?? 0) + clicks }),
  {},
);`,
  `const shares${t} = Object.entries(totals${t}).map(([channel, clicks]) => ({
  channel,
  share: clicks / campaigns${t}.length,
}));
shares${t}.length`,
];

const LIBRARIES: Pair[] = [
  (t) => [
    `import { compile, type TopLevelSpec } from "vega-lite";
const chart${t}: TopLevelSpec = {
  data: { values: campaigns${t} },
  mark: "bar",
  encoding: {
    x: { field: "channel", type: "nominal" },
    y: { field: "clicks", type: "quantitative", aggregate: "sum" },
  },
};`,
    `const titled${t}: typeof chart${t} = { ...chart${t}, title: "clicks", width: 300 };
typeof titled${t}.title`,
  ],
  (t) => [
    `import { tableFromArrays } from "apache-arrow";
const table${t} = tableFromArrays({
  clicks: Int32Array.from(campaigns${t}, ({ clicks }) => clicks),
  cost: Float64Array.from(campaigns${t}, ({ cost }) => cost),
});
table${t}.numRows`,
    `const cost${t} = table${t}.getChild("cost");
let spent${t} = 0;
for (const value of cost${t} ?? []) spent${t} += value ?? 0;
spent${t}.toFixed(2)`,
  ],
  (t) => [
    `import * as tf from "@tensorflow/tfjs-core";
const scores${t} = tf.buffer<tf.Rank.R2>([campaigns${t}.length, 2]);
campaigns${t}.forEach(({ clicks, cost }, row) => {
  scores${t}.set(clicks, row, 0);
  scores${t}.set(cost, row, 1);
});`,
    `const shape${t}: [number, number] = scores${t}.shape;
tf.util.sizeFromShape(shape${t}) + scores${t}.get(1, 0)`,
  ],
];
