import { resolve } from "node:path";
import { measure, readOptions } from "./bench.js";
import { installedPeers, ours } from "./kernel/contenders.js";
import { plain, withLibraries } from "./language/cells.js";
import { firstCell } from "./language/first-cell.js";
import { help } from "./language/help.js";
import { memory } from "./language/memory.js";
import { unchecked } from "./language/unchecked.js";

// What checking, completion and inspection by TypeScript cost: `npm run bench -- language`.
const options = readOptions(process.argv.slice(2));
const { full } = options;

// vega-lite and apache-arrow come with the kernel; this one is the notebook's.
const tfjs = "@tensorflow/tfjs-core";
const packages = { [tfjs]: resolve("node_modules", tfjs) };
const checked = { ...ours("strict"), packages };
const off = { ...ours("off", "retro, unchecked"), packages };
const peers = installedPeers(options.peers === "all" ? "tslab" : options.peers);

// However it ends, no kernel stays behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

await measure(
  "language",
  [
    withLibraries([checked, off], full),
    plain([checked, ...peers, off], full),
    firstCell([checked, off], full),
    help([checked], full),
    memory([checked], full),
    unchecked([ours("off"), ours("strict", "retro, checked")], full),
  ],
  options,
  Object.fromEntries([checked, ...peers].map(({ name, version }) => [name, version])),
);
