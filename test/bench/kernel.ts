import { measure, readOptions } from "./bench.js";
import { cells, thousand } from "./kernel/cells.js";
import { installedPeers, ours } from "./kernel/contenders.js";
import { interrupt } from "./kernel/interrupt.js";
import { nbclient } from "./kernel/nbclient.js";
import { flood, printing } from "./kernel/printing.js";
import { slowReader } from "./kernel/slow-reader.js";
import { soak } from "./kernel/soak.js";
import { start } from "./kernel/start.js";

// The kernel beside the kernels people use and an empty one, by raw ZeroMQ: `npm run bench -- kernel`.
const options = readOptions(process.argv.slice(2));
const all = [ours("off"), ...installedPeers(options.peers)];
// What checking types adds to a cell stands beside it.
const beside = [...all, ours("strict", "retro, checked")];

// However it ends, no kernel stays behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

await measure(
  "kernel",
  [
    ...[start, cells, thousand, nbclient].map((part) => part(beside, options.full)),
    ...[printing, flood, slowReader, interrupt, soak].map((part) => part(all, options.full)),
  ],
  options,
  Object.fromEntries(all.map(({ name, version }) => [name, version])),
);
