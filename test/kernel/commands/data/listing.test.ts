import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { listing } from "../../../../kernel/commands/data/listing.js";

test("data sets tell whether their file is there, files their size", () => {
  const folder = mkdtempSync(join(tmpdir(), "retro-listing-"));
  vi.stubEnv("RETRO_DATA_DIR", folder);
  try {
    mkdirSync(join(folder, "shop"));
    writeFileSync(join(folder, "shop", "orders.csv"), "x".repeat(1234));
    writeFileSync(join(folder, "notes.txt"), "");
    const set = { title: "Orders of a shop", source: "a shop", licence: "CC0", load: () => 1 };
    const sets = {
      orders: { ...set, file: "shop/orders.csv" },
      refunds: { ...set, file: "shop/refunds.csv" },
      made: { ...set, source: "generated" },
    };
    expect(listing(sets).split("\n")).toEqual([
      "Data sets, for retro.datasets.load(name)",
      "  orders",
      "    Orders of a shop",
      "    a shop, CC0, shop/orders.csv",
      "  refunds",
      "    Orders of a shop",
      "    a shop, CC0, shop/refunds.csv is not there",
      "  made",
      "    Orders of a shop",
      "    generated, CC0",
      `Files in ${folder}, for retro.datasets.file(name)`,
      "  notes.txt          0 bytes",
      "  shop/orders.csv     1.2 kB",
    ]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});
