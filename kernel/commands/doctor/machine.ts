import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../../package.json" with { type: "json" };
import { entryOf, retroKernelspec } from "../../notebook/kernelspec.js";
import { distFile, packageFolder } from "../../notebook/package-folder.js";
import { VERSION } from "../../version.js";
import { bytes } from "../bytes.js";
import type { Finding } from "./finding.js";
import { rebuild } from "./reinstall.js";

/** Bytes for connection files and what kernels keep for a while. */
const ENOUGH = 200e6;

export function retro(): Finding {
  return { component: "Retro", version: VERSION, state: "good", says: packageFolder() };
}

export function node(): Finding {
  const { version, execPath, versions } = process;
  const [major = 0, minor = 0] = versions.node.split(".").map(Number);
  const found = { component: "Node", version: version.slice(1) };
  if (major > 20 || (major === 20 && minor >= 19))
    return { ...found, state: "good", says: execPath };
  const says = `${execPath} is too old, Retro needs 20.19 or newer`;
  return { ...found, state: "broken", says, cure: "get a newer one from https://nodejs.org" };
}

export function platform(): Finding {
  const { platform, arch } = process;
  const component = "platform";
  const says = `${platform} ${arch}`;
  const isKnown = ["linux", "darwin"].includes(platform) && ["x64", "arm64"].includes(arch);
  if (isKnown) return { component, state: "good", says };
  const limit = "best effort; Linux and macOS on x64 and arm64 are what is tested";
  return { component, state: "doubtful", says: `${says}: ${limit}` };
}

/** What package.json promises, and what a kernel is started by. */
export function built(): Finding {
  const component = "built files";
  const promised = Object.values(manifest.exports).map((entry) =>
    typeof entry === "string" ? entry : entry.default,
  );
  const files = promised.map((path) => join(packageFolder(), path));
  files.push(entryOf(retroKernelspec()) ?? "");
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length === 0) return { component, state: "good", says: distFile("") };
  const says = `not there: ${missing.join(", ")}`;
  return { component, state: "broken", says, cure: rebuild() };
}

export function temporary(): Finding {
  const component = "temp folder";
  const folder = tmpdir();
  try {
    const own = mkdtempSync(join(folder, "retro-doctor-"));
    try {
      writeFileSync(join(own, "file"), "a connection file");
    } finally {
      rmSync(own, { recursive: true });
    }
    const { bavail, bsize } = statfsSync(folder);
    const says = `${folder}, ${bytes(bavail * bsize)} free`;
    if (bavail * bsize >= ENOUGH) return { component, state: "good", says };
    return {
      component,
      state: "doubtful",
      says,
      cure: "free some space, or set TMPDIR to another folder",
    };
  } catch (error) {
    const says = `${folder}: ${(error as Error).message}`;
    return { component, state: "broken", says, cure: "set TMPDIR to a folder that can be written" };
  }
}
