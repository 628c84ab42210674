import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A registry of npm's on this machine, and a cache for it; what `endless` consists of never comes. */
export class NpmRegistry {
  readonly folder = mkdtempSync(join(tmpdir(), "retro-registry-"));
  private readonly versions = new Map<string, Record<string, object>>();
  private readonly tarballs = new Map<string, Buffer>();
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  private readonly server = createServer(({ url = "" }, response) => {
    const name = decodeURIComponent(url.slice(1));
    this.asked.push(name);
    if (name.startsWith("endless-")) return;
    const tarball = this.tarballs.get(name);
    const versions = this.versions.get(name);
    if (tarball) return void response.end(tarball);
    response.setHeader("content-type", "application/json");
    if (!versions) return void response.writeHead(404).end('{"error":"Not found"}');
    const latest = Object.keys(versions).at(-1);
    response.end(JSON.stringify({ name, "dist-tags": { latest }, versions }));
  });

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** What makes npm use it, whatever npm runs the tests. */
  get env(): Record<string, string> {
    return {
      npm_config_registry: this.address,
      npm_config_cache: join(this.folder, "cache"),
      npm_config_ignore_scripts: "false",
    };
  }

  /** Publishes a version; files by name, package.json from `manifest`. */
  publish(name: string, version: string, files: Record<string, string>, manifest = {}): void {
    const file = `${name}-${version}.tgz`;
    const whole = { name, version, ...manifest };
    const root = join(this.folder, file);
    writeFiles(join(root, "package"), { "package.json": JSON.stringify(whole), ...files });
    this.tarballs.set(file, execFileSync("tar", ["-czf", "-", "-C", root, "package"]));
    const all = this.versions.get(name) ?? {};
    all[version] = { ...whole, dist: { tarball: `${this.address}${encodeURIComponent(file)}` } };
    this.versions.set(name, all);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
