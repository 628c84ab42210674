import { statSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "../../extension/contract.js";
import { dataFiles, dataFolder } from "../../extension/data-folder.js";
import { bytes } from "../bytes.js";

/** The data sets, with the file of each that has one, and all files of the data folder. */
export function listing(sets: Readonly<Record<string, Dataset>>): string {
  const folder = dataFolder();
  const files = dataFiles();
  const described = Object.entries(sets).flatMap(([name, { title, source, licence, file }]) => {
    const there = file === undefined || files.includes(file) ? file : `${file} is not there`;
    return [
      `  ${name}`,
      `    ${title}`,
      `    ${[source, licence, there].filter(Boolean).join(", ")}`,
    ];
  });
  const width = Math.max(0, ...files.map((name) => name.length));
  const sizes = files.map(
    (name) => `  ${name.padEnd(width)}  ${bytes(statSync(join(folder, name)).size).padStart(9)}`,
  );
  return [
    "Data sets, for retro.datasets.load(name)",
    ...described,
    `Files in ${folder}, for retro.datasets.file(name)`,
    ...(sizes.length > 0 ? sizes : ["  none yet; retro data add <path-or-url> brings one"]),
  ].join("\n");
}
