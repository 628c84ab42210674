import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dataFile, dataFiles, dataFolder } from "../../../kernel/extension/data-folder.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retro-data-"));
  vi.stubEnv("RETRO_DATA_DIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the folder is the one that is named, else the user's", () => {
  expect(dataFolder()).toBe(folder);
  vi.stubEnv("RETRO_DATA_DIR", "");
  vi.stubEnv("XDG_DATA_HOME", "");
  expect(dataFolder()).toBe(
    {
      darwin: join(homedir(), "Library", "Application Support", "retro", "data"),
      win32: join(process.env.LOCALAPPDATA ?? homedir(), "retro", "data"),
    }[process.platform as string] ?? join(homedir(), ".local", "share", "retro", "data"),
  );
});

test("files are named by their path in it; hidden ones and folders are none", () => {
  mkdirSync(join(folder, "shop", ".cache"), { recursive: true });
  for (const name of ["b.csv", "shop/orders.csv", ".b.csv.1.tmp", "shop/.cache/x.csv"]) {
    writeFileSync(join(folder, name), "");
  }
  symlinkSync(join(folder, "b.csv"), join(folder, "a.csv"));
  symlinkSync(join(folder, "none"), join(folder, "dangling.csv"));
  expect(dataFiles()).toEqual(["a.csv", "b.csv", "shop/orders.csv"]);
  expect(dataFile("shop/orders.csv")).toBe(join(folder, "shop", "orders.csv"));
  expect(() => dataFile("shop/order.csv")).toThrow(
    `there is no data file "shop/order.csv" in ${folder} (did you mean "shop/orders.csv"?); "retro data add" brings one`,
  );
  expect(() => dataFile("shop")).toThrow('there is no data file "shop"');
});

test("a folder that is not there has no files", () => {
  vi.stubEnv("RETRO_DATA_DIR", join(folder, "none"));
  expect(dataFiles()).toEqual([]);
});

test.each([
  "../b.csv",
  "shop/../../b.csv",
  "/etc/passwd",
  "",
  ".",
  "a//b",
  "a\\b",
  "a\0b",
  ".b.csv",
])("a name that is no path below the folder is refused: %j", (name) => {
  expect(() => dataFile(name)).toThrow(
    `a data file is named by its path below the data folder, as "clicks.csv" or "shop/orders.csv", not ${JSON.stringify(name)}`,
  );
});
