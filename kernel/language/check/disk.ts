import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { specifiersOf } from "./specifiers.js";

const CODE = /\.[cm]?[jt]sx?$/;
/** What a specifier without such an ending may mean. */
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", "/index.ts", "/index.d.ts"];
/** Package managers leave their mark in one of these whenever they installed something. */
const MARKS = ["", ".package-lock.json", ".modules.yaml", ".yarn-state.yml", "@types"];

/** Notices that files on the disk, which the compiler reads once, have changed. */
export class Disk {
  /** When each was changed last; 0 for what is not there. */
  private readonly files = new Map<string, number>();
  private installed: string;

  /** @param paths other names of local files, as in tsconfig.json */
  constructor(
    private readonly folder: string,
    private readonly paths: () => Readonly<Record<string, readonly string[]>>,
  ) {
    this.installed = this.packagesTime();
  }

  /** Local files that changed, came or went; from now on also those that a text imports. */
  changes(specifiers: readonly string[]): string[] {
    const changed = [...this.files].flatMap(([file, time]) => {
      if (timeOf(file) === time) return [];
      this.files.delete(file);
      this.follow([file]);
      return [file];
    });
    this.follow(this.filesOf(specifiers, this.folder));
    return changed;
  }

  /** Packages were installed or removed since this was last asked. */
  packagesChanged(): boolean {
    const before = this.installed;
    this.installed = this.packagesTime();
    return before !== this.installed;
  }

  private follow(files: readonly string[]): void {
    for (const file of files) {
      if (this.files.has(file)) continue;
      const time = timeOf(file);
      this.files.set(file, time);
      if (time > 0) this.follow(this.filesOf(specifiersOf(textOf(file)), dirname(file)));
    }
  }

  /** Every file that local specifiers may mean. */
  private filesOf(specifiers: readonly string[], from: string): string[] {
    return specifiers.flatMap((specifier) => {
      const bases = /^\.{0,2}\//.test(specifier)
        ? [resolve(from, specifier)]
        : this.mapped(specifier);
      return bases.flatMap((base) => {
        if (!CODE.test(base)) return ENDINGS.map((ending) => base + ending);
        return [base, base.replace(/js(x?)$/, "ts$1")];
      });
    });
  }

  private mapped(specifier: string): string[] {
    return Object.entries(this.paths()).flatMap(([pattern, targets]) => {
      const [start = "", end] = pattern.split("*", 2);
      const fits = specifier.startsWith(start) && specifier.endsWith(end ?? "");
      if (end === undefined ? specifier !== pattern : !fits) return [];
      const part = specifier.slice(start.length, specifier.length - (end ?? "").length);
      return targets.map((target) => resolve(this.folder, target.replace("*", part)));
    });
  }

  private packagesTime(): string {
    const times: number[] = [];
    for (let at = this.folder; ; at = dirname(at)) {
      for (const mark of MARKS) times.push(timeOf(join(at, "node_modules", mark)));
      if (at === dirname(at)) return times.join();
    }
  }
}

/** When a file or folder was changed last; 0 without one. */
export function timeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch {
    // A step of the path is a file, or nobody may look into it.
    return 0;
  }
}

function textOf(file: string): string {
  try {
    return CODE.test(file) ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
